#include "query/watch.hpp"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "drm/uevents.hpp"
#include "query/diff.hpp"
#include "query/json/tree.hpp"

namespace drmshow {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Drivers tell of a hotplug before they have looked what it was: look again after that long.
constexpr milliseconds settle_time{250};

std::string time_text(bool json) {
  const auto now = std::chrono::system_clock::now();
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  const auto ms = std::chrono::duration_cast<milliseconds>(now.time_since_epoch()).count() % 1000;
  if (json) return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(seconds), ms);
  return fmt::format("{:%H:%M:%S}.{:03}", fmt::localtime(seconds), ms);
}

std::string event_text(const Uevent& event) {
  std::string text = fmt::format("kernel: {} {}", event.action, event.name);
  if (event.hotplug) text += ", hotplug";
  if (event.connector) text += fmt::format(", connector/{}", event.connector.raw());
  if (event.property) text += fmt::format(", property/{}", event.property.raw());
  return text;
}

Json event_json(const Uevent& event) {
  return {{"action", event.action},
          {"device", event.name},
          {"hotplug", event.hotplug},
          {"connector", event.connector ? Json(event.connector.raw()) : Json()},
          {"property", event.property ? Json(event.property.raw()) : Json()}};
}

class Watch {
 public:
  Watch(const QueryOptions& options, const volatile std::sig_atomic_t* stop)
      : options_{options}, stop_{stop}, before_{read()} {}

  void run() {
    say_start();
    while (true) {
      wait();
      if (stop_ && *stop_ != 0) return;
      bool announced = false;
      while (const auto event = uevents_.next()) {
        print(*event);
        announced = true;
      }
      look();
      if (announced) look_again_ = Clock::now() + settle_time;
    }
  }

 private:
  bool json() const { return options_.output == Output::json; }

  // No device, or one that goes away while we look, is not the end: it may come back.
  std::vector<Report> read() const {
    try {
      return read_reports(options_.source);
    } catch (const Error& error) {
      const bool gone =
          error.failure() == Failure::no_device || error.failure() == Failure::device_lost;
      if (!gone) throw;
      return {};
    }
  }

  void say_start() const {
    if (before_.empty()) {
      fmt::print(stderr, "drm-query: no device yet: waiting for one. Ctrl-C ends it.\n");
    } else if (::isatty(STDERR_FILENO) != 0) {
      fmt::print(stderr, "Watching; Ctrl-C ends it.\n");
    }
  }

  int timeout_ms() {
    if (look_again_) {
      const auto left = std::chrono::ceil<milliseconds>(*look_again_ - Clock::now());
      look_again_.reset();
      return static_cast<int>(std::max<milliseconds::rep>(left.count(), 0));
    }
    if (options_.interval.count() == 0) return -1;
    return static_cast<int>(std::chrono::ceil<milliseconds>(options_.interval).count());
  }

  void wait() {
    pollfd events{uevents_.fd(), POLLIN, 0};
    if (::poll(&events, 1, timeout_ms()) < 0 && errno != EINTR) {
      throw Error{Failure::unexpected, "cannot wait for events", {}, errno};
    }
  }

  void look() {
    std::vector<Report> now = read();
    for (const Change& change : differences(before_, now, Ignore::frames)) print(change);
    before_ = std::move(now);
  }

  void print(const Uevent& event) const {
    if (json()) {
      line(Json{{"time", time_text(true)}, {"event", event_json(event)}});
    } else {
      line(printable(options_.style, event_text(event)));
    }
  }

  void print(const Change& change) const {
    if (json()) {
      Json object{{"time", time_text(true)}};
      object.update(to_json(change));
      line(object);
    } else {
      line(printable(options_.style, to_text(change, options_.style.unicode)));
    }
  }

  void line(const Json& object) const {
    put(object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  }
  void line(const std::string& text) const { put(fmt::format("{} {}\n", time_text(false), text)); }

  // A line at a time: readers of a pipe want to see each at once.
  static void put(const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() ||
        std::fflush(stdout) != 0) {
      throw Error{Failure::unexpected, "cannot write", {}, errno};
    }
  }

  const QueryOptions& options_;
  const volatile std::sig_atomic_t* stop_;
  Uevents uevents_;  // before the first look: nothing is missed in between
  std::vector<Report> before_;
  std::optional<Clock::time_point> look_again_;
};

}  // namespace

void watch(const QueryOptions& options, const volatile std::sig_atomic_t* stop) {
  if (!options.source.file.empty()) {
    throw Error{Failure::usage, "watch looks at devices, not at files",
                "Compare two files with: drm-query diff A B"};
  }
  Watch{options, stop}.run();
}

}  // namespace drmshow
