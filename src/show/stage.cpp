#include "show/stage.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "drm/ioctl.hpp"
#include "show/messages.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds master_retry = 100ms;
constexpr Nanoseconds first_master_patience = 2s;
constexpr Nanoseconds gpu_loss_memory = 1min;
constexpr int most_gpu_losses = 3;
constexpr int removal_looks = 10;
constexpr Nanoseconds removal_pause = 20ms;

// In poll's terms: whole milliseconds, rounded up so that it does not wake early; -1 is for ever. A
// long wait is cut into days.
int timeout_until(Time end) {
  using std::chrono::milliseconds;
  if (end == Time::max()) return -1;
  const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
  return static_cast<int>(
      std::clamp<milliseconds::rep>(left.count(), 0, milliseconds{std::chrono::hours{24}}.count()));
}

void wait_for_any(std::vector<pollfd>& fds, Time until) {
  if (::poll(fds.data(), fds.size(), timeout_until(until)) >= 0) return;
  if (errno != EINTR) throw Error{Failure::unexpected, "cannot wait", {}, errno};
  for (pollfd& fd : fds) fd.revents = 0;
}

// A driver that is about to go refuses requests before the kernel announces that it went.
bool is_removal(const Error& error, const Device& device) {
  if (error.failure() != Failure::mode_refused && error.failure() != Failure::unexpected) {
    return false;
  }
  std::error_code ignored;
  for (int i = 0; i < removal_looks; ++i) {
    if (!std::filesystem::exists(device.node(), ignored)) return true;
    std::this_thread::sleep_for(removal_pause);
  }
  return false;
}

}  // namespace

Stage::Stage(const Options& options, Console& console)
    : options_{options},
      shown_{shown_at_first(options)},
      console_{console},
      inputs_{console},
      notes_{options} {}

void Stage::run() {
  if (options_.verbosity == Verbosity::verbose) {
    say(options_, fmt::format("Seat: {}", console_.seat().name()));
  }
  if (options_.action == Action::dry_run) return dry_run();
  // All that can fail without a change on the screen comes before the first one.
  ours_ = console_.seat().active();
  if (ours_) begin();
  clock_.begin = Clock::now();
  if (options_.duration) {
    end_ = clock_.begin + std::chrono::duration_cast<Nanoseconds>(*options_.duration);
  }
  try {
    console_.take();
    compare_with_seat();
    look_after_seat();
    while (!over_) step();
  } catch (const Error& error) {
    abandon();
    if (is_removal(error, console_.device())) throw_removed(console_.device());
    throw;
  } catch (...) {
    abandon();
    throw;
  }
  finish();
}

void Stage::dry_run() {
  start(Strictness::refuse);
  say_dry_run(options_, console_.device(), presenter_->outputs(), presenter_->api(),
              presenter_->describe());
}

// The first presenter, or none as long as there is no output.
void Stage::begin() {
  begun_ = true;
  try {
    start(Strictness::refuse);
  } catch (const Error& error) {
    if (!options_.wait || error.failure() != Failure::no_output) throw;
    wait_for_output(error.what());
  }
}

// Somebody may have switched to another VT, or to ours, just before take().
void Stage::compare_with_seat() {
  const bool active = console_.seat().active();
  had_screen_ = ours_;
  if (ours_ && !active) leave();
  if (!ours_ && active) enter();
  if (!active) say_note(console_.seat().name() + " is not in the foreground: waiting until it is");
}

void Stage::step() {
  try {
    look_around();
  } catch (const GpuLost& loss) {
    replace_gpu(loss);
  }
}

void Stage::look_around() {
  fds_.clear();
  inputs_.gather(fds_);
  const std::size_t count = fds_.size();
  if (loop_) {
    over_ = !loop_->step(fds_, deadline(), ours_);
    if (notes_.drawing_fails()) throw GpuLost{"frames are not drawn"};
  } else {
    wait_for_any(fds_, deadline());
  }
  if (over_) return;
  handle(inputs_.read(std::span{fds_}.first(count)));
  announce();
  over_ = over_ || Clock::now() >= end_;
}

// Its driver may have reset it, and then it works again. What is on the screen stays there until
// the new one has drawn something.
void Stage::replace_gpu(const GpuLost& loss) {
  note_gpu_loss(loss);
  if (loop_ && loop_->all_lit()) release_previous();
  for (;;) {
    lost_gpus_.push_back(std::move(gpu_));
    if (!screen_is_ours()) {
      end_presenter();  // enter() finds none, and starts another
      return wanted_.clear();
    }
    try {
      return start(Strictness::adapt);
    } catch (const GpuLost& again) {
      note_gpu_loss(again);
    } catch (const Error& error) {
      if (options_.wait && error.failure() == Failure::no_output) {
        return wait_for_output(error.what());
      }
      if (error.failure() == Failure::master_taken) return wait_for_master(error);
      throw;
    }
  }
}

void Stage::note_gpu_loss(const GpuLost& loss) {
  const Time now = Clock::now();
  if (now - gpu_lost_at_ > gpu_loss_memory) gpu_losses_ = 0;
  if (++gpu_losses_ > most_gpu_losses) throw GpuLost{loss};
  gpu_lost_at_ = now;
  say_note(loss);
}

Time Stage::deadline() const {
  return std::min({end_, retry_at_, inputs_.deadline()});
}

void Stage::handle(const News& news) {
  if (news.removed) throw_removed(console_.device());
  over_ = news.end;
  if (news.guard_died) console_.replace_guard();
  if (news.seat) look_after_seat();
  if (Clock::now() >= retry_at_) enter();
  try {
    if (news.slept && presenter_ && screen_is_ours()) wake_up();
    // Cables may have changed while another program had the screen.
    const bool back = !std::exchange(had_screen_, screen_is_ours()) && had_screen_;
    if ((news.cables || back) && screen_is_ours() && begun_) look_at_cables();
    while (const auto key = inputs_.next_key()) press(*key);
  } catch (const Error& error) {
    if (error.failure() != Failure::master_taken) throw;
    wait_for_master(error);
  }
}

// The seat says so, and no other program has taken it from us.
bool Stage::screen_is_ours() {
  return ours_ && (!begun_ || console_.saved().ours());
}

void Stage::wait_for_master(const Error& error) {
  if (ours_) leave();
  if (retry_since_ == Time::max()) {
    say_note(fmt::format("{}: waiting for it to go", error.what()));
    retry_since_ = Clock::now();
  }
  // Nobody waits for a picture that has never been there: the user may want to know now.
  if (!begun_ && Clock::now() - retry_since_ > first_master_patience) throw error;
  retry_at_ = Clock::now() + master_retry;
}

void Stage::look_after_seat() {
  for (;;) {
    switch (console_.seat().read_event()) {
      case SeatEvent::none:
        return;
      case SeatEvent::leave:
        leave();
        console_.seat().left();
        break;
      case SeatEvent::enter:
        enter();
        break;
    }
  }
}

// Frames that are being drawn in a thread may be finished; nothing else happens until enter().
void Stage::leave() {
  ours_ = false;
  retry_at_ = Time::max();
  if (presenter_) {
    presenter_->suspend();
  } else {
    console_.let_go_of_screen();
  }
}

void Stage::enter() {
  retry_at_ = Time::max();
  try {
    if (presenter_) {
      presenter_->resume();
    } else {
      console_.take_screen_back();
    }
  } catch (const Error& error) {
    if (error.failure() == Failure::master_taken) return wait_for_master(error);
    // An output of ours is on a dock that is gone; the device is not.
    if (error.failure() != Failure::device_lost || !console_.saved().ours()) throw;
    end_presenter();
    release_previous();
    wanted_.clear();
  }
  ours_ = true;
  had_screen_ = true;
  retry_since_ = Time::max();
  if (!begun_) return begin();
  look_at_cables();
}

// Some drivers forget what they showed, and do not tell.
void Stage::wake_up() {
  presenter_->suspend();
  presenter_->resume();
}

void Stage::announce() {
  if (announced_ || !loop_ || !loop_->all_lit()) return;
  announced_ = true;
  release_previous();
  say_what_is_shown(options_, console_.device(), presenter_->outputs(), "Showing");
  say_who_draws();
  if (!std::exchange(introduced_, true) && console_.has_keys())
    say(options_, "q, Esc or Ctrl-C ends it.");
}

void Stage::say_who_draws() const {
  if (!gpu_) return;
  say(options_, fmt::format("Drawn by {}", gpu_->description()));
  if (options_.verbosity != Verbosity::verbose) return;
  for (std::size_t i = 0; i < presenter_->streams().size(); ++i) {
    const Output& output = presenter_->outputs()[presenter_->streams()[i].outputs.front()];
    say(options_,
        fmt::format("{}: framebuffers are {}", output.name, to_string(presenter_->image_way(i))));
  }
}

void Stage::abandon() {
  static_cast<void>(console_.give_back());
  end_presenter();
  stats_.print(options_);
}

// The console first: a GPU that hangs may keep us.
void Stage::finish() {
  const int errnum = console_.give_back();
  end_presenter();
  stats_.print(options_);
  check_restored(errnum);
  notes_.finish();
}

}  // namespace drmshow
