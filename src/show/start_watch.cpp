#include "show/start_watch.hpp"

#include <array>
#include <cstdio>
#include <utility>

#include <poll.h>
#include <unistd.h>

#include "base/event_fd.hpp"
#include "base/program.hpp"
#include "base/start_thread.hpp"
#include "drm-show/error.hpp"
#include "drm-show/time.hpp"
#include "present/poll_until.hpp"
#include "wayland/wayland.hpp"

namespace drmshow {
namespace {

// More than a window may take to be configured, which has a limit and a message of its own.
constexpr std::chrono::seconds answer_time{15};

// Nothing is left behind: the compositor takes away what belongs to a connection that ends. What
// waits for it cannot be woken, so that nothing can be destroyed in order.
[[noreturn]] void end(int code) {
  std::fflush(stdout);
  ::_exit(code);
}

}  // namespace

StartWatch::StartWatch(int signals, std::string recording)
    : signals_{signals},
      recording_{std::move(recording)},
      stop_{make_event_fd()},
      thread_{start_thread("start-watch", [this] { watch(); })} {}

StartWatch::~StartWatch() {
  raise_event(stop_);
  thread_.join();
}

void StartWatch::watch() const {
  std::array<pollfd, 2> fds{{{stop_.get(), POLLIN, 0}, {signals_, POLLIN, 0}}};
  const Time until = Clock::now() + answer_time;
  do {
    poll_until(fds, until, Clock::now());
  } while (fds[0].revents == 0 && fds[1].revents == 0 && Clock::now() < until);
  if (fds[0].revents != 0) return;
  if (!recording_.empty()) ::unlink(recording_.c_str());
  if (fds[1].revents != 0) end(0);
  print_problem("drm-show", "the compositor at " + wayland_socket() + " does not answer",
                "It hangs, or is stopped. \"--backend kms\" shows without one, on a free VT.");
  end(static_cast<int>(Failure::compositor));
}

}  // namespace drmshow
