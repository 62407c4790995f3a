// Opens a window and shows coloured frames in it, each when the compositor says that it is time for
// one; prints what it hears. For looking at what goes over the wire (WAYLAND_DEBUG=1), and for
// tests with real compositors.
//
// Usage: window-probe [FRAMES] [fullscreen] [monitor=NAME] [size=WxH] [toggle=FRAME] [hold=SECONDS]
//                     [fifo] [quiet]
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <poll.h>

#include "drm-show/error.hpp"
#include "wayland/shm_buffer.hpp"
#include "wayland/surface_commits.hpp"
#include "wayland/window.hpp"

namespace {

using namespace drmshow;

struct ProbeOptions {
  WindowWish wish{.title = "window-probe",
                  .app_id = "drm-show.window-probe",
                  .size = {320, 240},
                  .monitor = {}};
  int frames = 60;
  int toggle = 0;  // at this frame and each multiple of it
  int hold = 0;    // seconds at the end, without frames
  bool fifo = false;
  bool quiet = false;
};

int number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

ProbeOptions parse_options(int count, char** words) {
  ProbeOptions options;
  for (int i = 1; i < count; ++i) {
    const std::string_view word{words[i]};
    const auto after = [&](std::string_view key) {
      return word.starts_with(key) ? std::optional{word.substr(key.size())} : std::nullopt;
    };
    if (word == "fullscreen") {
      options.wish.fullscreen = true;
    } else if (word == "fifo") {
      options.fifo = true;
    } else if (word == "quiet") {
      options.quiet = true;
    } else if (const auto name = after("monitor=")) {
      options.wish.monitor = *name;
    } else if (const auto size = after("size=")) {
      const auto x = std::min(size->find('x'), size->size() - 1);
      options.wish.size = {number(size->substr(0, x)), number(size->substr(x + 1))};
    } else if (const auto toggle = after("toggle=")) {
      options.toggle = number(*toggle);
    } else if (const auto hold = after("hold=")) {
      options.hold = number(*hold);
    } else {
      options.frames = number(word);
    }
  }
  return options;
}

struct Slot {
  Slot(const Window& window, const WindowGeometry& made_for, std::uint64_t cookie,
       WindowEvents& events)
      : geometry{made_for},
        buffer{window.globals(), made_for.pixels, formats::xrgb8888, cookie, events} {}
  WindowGeometry geometry;
  ShmBuffer buffer;
  bool busy = false;     // since its commit, until it was released
  bool retired = false;  // of a size that nobody wants any more: it ends when it was released
};

/// Red, green and blue in turns; the first line is white, the last black.
void paint(const ShmBuffer& buffer, int frame) {
  const int height = buffer.size().height;
  for (int y = 0; y < height; ++y) {
    const std::uint32_t colour = y == 0            ? 0xffffffu
                                 : y == height - 1 ? 0u
                                                   : 0xffu << (8 * (frame % 3));
    const auto line = buffer.mapping().line(y);
    for (std::size_t x = 0; x + sizeof colour <= line.size(); x += sizeof colour) {
      std::memcpy(&line[x], &colour, sizeof colour);
    }
  }
}

class Probe {
 public:
  explicit Probe(const ProbeOptions& options)
      : options_{options},
        window_{options.wish},
        commits_{window_.connection(), window_.globals(), window_.surface(), events_} {
    const auto able = commits_.abilities();
    std::printf("%s\noffered: %s\n", window_.library().c_str(),
                window_.globals().offered().c_str());
    std::printf("abilities: presentation=%d fifo=%d timing=%d tearing=%d\n", able.presentation,
                able.fifo, able.commit_timing, able.tearing);
    for (const auto& monitor : window_.monitors()) {
      std::printf("monitor %s %dx%d %d Hz\n", monitor.name.c_str(), monitor.size.width,
                  monitor.size.height, monitor.refresh);
    }
    print_geometry();
  }

  void run() {
    while (shown_ < options_.frames && !window_.closed() && !quit_) {
      if (ready_) show_frame();
      step(1000);
    }
    const Time end = Clock::now() + std::chrono::seconds{options_.hold};
    while (Clock::now() < end && !window_.closed() && !quit_) step(50);
    std::printf(
        "frames %d, done %d, presented %d, discarded %d, unanswered %d, released %d, buffers %zu, "
        "lost %llu\n",
        shown_, done_, presented_, discarded_, unanswered_, released_, slots_.size(),
        static_cast<unsigned long long>(events_.lost()));
  }

 private:
  void step(int milliseconds) {
    if (const auto wanted = window_.prepare()) {
      pollfd waited{window_.fd(), *wanted, 0};
      if (::poll(&waited, 1, milliseconds) == 0 && !options_.quiet) std::puts("(nothing)");
    }
    window_.dispatch();
    while (const auto event = events_.next()) take(*event);
    while (const auto key = window_.next_key()) take(*key);
    const WindowNews news = window_.take_news();
    if (news.resized) print_geometry();
    if (news.focus) std::printf("focus %d\n", window_.focused());
    if (news.refresh) std::puts("refresh");
    if (news.fullscreen_key) window_.toggle_fullscreen(nullptr);
  }

  void take(KeyPress key) {
    std::printf("key %d %d\n", static_cast<int>(key.key), key.number);
    quit_ = quit_ || key.key == Key::quit;
  }

  void take(const WindowEvent& event) {
    switch (event.kind) {
      case WindowEventKind::frame_done:
        ++done_;
        ready_ = true;
        break;
      case WindowEventKind::presented:
        ++presented_;
        if (!options_.quiet) {
          std::printf("presented %llu known=%d refresh=%lld seq=%llu vsync=%d zero_copy=%d\n",
                      static_cast<unsigned long long>(event.cookie), event.time_known,
                      static_cast<long long>(event.refresh.count()),
                      static_cast<unsigned long long>(event.sequence), event.how.vsync,
                      event.how.zero_copy);
        }
        break;
      case WindowEventKind::discarded:
        ++discarded_;
        break;
      case WindowEventKind::unanswered:
        ++unanswered_;
        break;
      case WindowEventKind::released:
        ++released_;
        release(event.cookie);
        break;
    }
  }

  void release(std::uint64_t cookie) {
    for (auto slot = slots_.begin(); slot != slots_.end(); ++slot) {
      if (slot->cookie != cookie) continue;
      slot->slot->busy = false;
      if (slot->slot->retired) slots_.erase(slot);
      return;
    }
  }

  Slot& free_slot() {
    const WindowGeometry now = window_.geometry();
    for (std::size_t i = slots_.size(); i-- > 0;) {
      Slot& slot = *slots_[i].slot;
      slot.retired = slot.retired || slot.geometry != now;
      if (slot.retired && !slot.busy) slots_.erase(slots_.begin() + static_cast<long>(i));
    }
    for (auto& owned : slots_) {
      if (!owned.slot->busy && !owned.slot->retired) return *owned.slot;
    }
    const std::uint64_t cookie = next_cookie_++;
    slots_.push_back({cookie, std::make_unique<Slot>(window_, now, cookie, events_)});
    return *slots_.back().slot;
  }

  void show_frame() {
    if (options_.toggle > 0 && shown_ > 0 && shown_ % options_.toggle == 0 && toggled_ != shown_) {
      toggled_ = shown_;
      std::puts("toggle");
      window_.toggle_fullscreen(nullptr);
    }
    Slot& slot = free_slot();
    paint(slot.buffer, shown_);
    SurfaceFrame frame;
    frame.buffer = &slot.buffer.buffer();
    frame.cookie = static_cast<std::uint64_t>(++shown_);
    frame.geometry = slot.geometry;
    frame.wishes.set_barrier = frame.wishes.wait_barrier = options_.fifo;
    if (!commits_.commit(frame)) std::puts("too many are waiting");
    slot.busy = true;
    ready_ = false;
  }

  void print_geometry() {
    const auto geometry = window_.geometry();
    std::printf(
        "geometry %dx%d pixels %dx%d buffer_scale %d viewport %d scale %d/120 fullscreen %d\n",
        geometry.logical.width, geometry.logical.height, geometry.pixels.width,
        geometry.pixels.height, geometry.buffer_scale, geometry.viewport,
        window_.scale().in_120ths(), window_.fullscreen());
    std::fflush(stdout);
  }

  struct Owned {
    std::uint64_t cookie;
    std::unique_ptr<Slot> slot;
  };

  ProbeOptions options_;
  WindowEvents events_;
  Window window_;
  SurfaceCommits commits_;
  std::vector<Owned> slots_;
  std::uint64_t next_cookie_ = 1;
  bool ready_ = true;
  bool quit_ = false;
  int shown_ = 0;
  int toggled_ = 0;
  int done_ = 0;
  int presented_ = 0;
  int discarded_ = 0;
  int released_ = 0;
  int unanswered_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  try {
    Probe probe{parse_options(argc, argv)};
    probe.run();
    return EXIT_SUCCESS;
  } catch (const drmshow::Error& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "window-probe: %s\n", error.what());
    if (!error.hint().empty()) std::fprintf(stderr, "%s\n", error.hint().c_str());
    return static_cast<int>(error.failure());
  }
}
