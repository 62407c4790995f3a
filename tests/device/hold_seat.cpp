// hold-seat MODE [--tty N|free] [--no-vt] [--no-guard]: takes a seat, shows a picture under a
// guard, says "ready", and ends as MODE says: hold (SIGTERM: in order), exit, abort, segv, throw.
//
// It says "leave" and "enter" at VT switches, "guard PID" for each guard that it starts.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <drm-show/drm-show.hpp>

#include "flat_state.hpp"
#include "session/guard.hpp"
#include "session/privileges.hpp"
#include "session/rescue.hpp"
#include "session/seat_choice.hpp"
#include "session/signals.hpp"

using namespace drmshow;

namespace {

struct Wishes {
  std::string mode = "hold";
  SeatWishes seat;
  bool guarded = true;
  std::optional<NeededPrivileges> privileges;
  std::string way = "atomic";
};

NeededPrivileges parse_privileges(const std::string& words) {
  const auto has = [&](const char* word) { return words.find(word) != std::string::npos; };
  return {.vt = has("vt"),
          .master = has("master"),
          .files = has("files") ? FileRights::all : FileRights::none};
}

Wishes parse(int argc, char** argv) {
  Wishes wishes;
  if (argc > 1) wishes.mode = argv[1];
  for (int i = 2; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--no-vt") wishes.seat.no_vt = true;
    if (word == "--no-guard") wishes.guarded = false;
    if (word == "--drop" && i + 1 < argc) wishes.privileges = parse_privileges(argv[++i]);
    if (word == "--way" && i + 1 < argc) wishes.way = argv[++i];
    if (word != "--tty" || i + 1 == argc) continue;
    const std::string which = argv[++i];
    wishes.seat.tty = which == "free" ? TtyWish{TtyWish::Kind::free}
                                      : TtyWish{TtyWish::Kind::number, std::atoi(which.c_str())};
  }
  return wishes;
}

void say(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

void draw(Display& display) {
  for (std::size_t i = 0; i < display.outputs().size(); ++i) {
    display.draw(i, [](int y, std::span<Pixel> row) {
      for (Pixel& pixel : row) pixel = rgb(static_cast<unsigned>(y) % 256, 128, 64);
    });
  }
}

std::string pid_of(const Guard& guard) {
  std::ifstream file{"/proc/self/fdinfo/" + std::to_string(guard.fd())};
  for (std::string word; file >> word;) {
    if (word == "Pid:" && file >> word) return word;
  }
  return "0";
}

void die(const std::string& mode) {
  if (mode == "exit") ::_exit(3);
  if (mode == "abort") std::abort();
  if (mode == "segv") std::raise(SIGSEGV);
  if (mode == "throw") throw std::runtime_error{"nobody catches this"};
}

void rescue(const TtyWish& wish) {
  std::optional<int> number;
  if (wish.kind == TtyWish::Kind::number) number = wish.number;
  std::fputs(rescue_vt(number).account.c_str(), stdout);
}

class Holder {
 public:
  explicit Holder(const Wishes& wishes)
      : way_{wishes.way}, seat_{make_seat(wishes.seat)}, device_{Device::open()} {
    if (wishes.guarded) {
      guard_.emplace(device_.fd(), seat_->saved(), std::span<const TtySettings>{},
                     RecordingRescue{});
      say("guard " + pid_of(*guard_));
    }
    seat_->take();
    if (wishes.privileges) drop_privileges(*wishes.privileges);
    seat_->active() ? enter() : leave();
    say("ready " + seat_->name());
  }

  ~Holder() {
    if (seat_->active() && display_) display_->restore();
    if (guard_) guard_->forget();
    seat_->give_back();
    if (guard_) guard_->dismiss();
  }

  void run(EndSignals& signals) {
    for (;;) {
      pollfd fds[] = {{signals.fd(), POLLIN, 0},
                      {seat_->fd(), POLLIN, 0},
                      {guard_ ? guard_->fd() : -1, POLLIN, 0}};
      if (::poll(fds, 3, -1) < 0) continue;
      if (fds[0].revents != 0) return;
      while (handle(seat_->read_event())) {
      }
      if (fds[2].revents != 0) say(guard_->restart() ? "guard " + pid_of(*guard_) : "no guard");
    }
  }

 private:
  void leave() {
    if (guard_) guard_->set_away(true);
    device_.drop_master();
  }

  // The display is somebody else's until the seat is ours: only now it can be looked at.
  void enter() {
    device_.become_master();
    if (guard_) guard_->set_away(false);
    if (!display_) {
      display_.emplace(device_);
      if (guard_) guard_->keep(way_back(device_.fd(), *display_, way_));
      draw(*display_);
    }
    display_->show();
  }

  bool handle(SeatEvent event) {
    if (event == SeatEvent::leave) {
      leave();
      seat_->left();
      say("leave");
    }
    if (event == SeatEvent::enter) {
      enter();
      say("enter");
    }
    return event != SeatEvent::none;
  }

  std::string way_;
  std::unique_ptr<Seat> seat_;
  Device device_;
  std::optional<Display> display_;
  std::optional<Guard> guard_;
};

}  // namespace

int main(int argc, char** argv) try {
  const Wishes wishes = parse(argc, argv);
  if (wishes.mode == "rescue") {
    rescue(wishes.seat.tty);
    return 0;
  }
  EndSignals signals;
  Holder holder{wishes};
  try {
    die(wishes.mode);
  } catch (const std::exception&) {
    std::terminate();
  }
  holder.run(signals);
} catch (const Error& error) {
  std::fprintf(stderr, "hold-seat: %s\n%s\n", error.what(), error.hint().c_str());
  return static_cast<int>(error.failure());
}
