#include "session/guard_watch.hpp"

#include <array>

#include <poll.h>

#include "base/event_fd.hpp"
#include "base/start_thread.hpp"

namespace drmshow {
namespace {

// There may be no process to be had just now (EAGAIN, ENOMEM).
constexpr int try_again_ms = 1000;

}  // namespace

GuardWatch::GuardWatch(Guard& guard)
    : guard_{guard},
      news_{make_event_fd()},
      end_{make_event_fd()},
      thread_{start_thread("guard-watch", [this] { watch(); })} {}

GuardWatch::~GuardWatch() {
  raise_event(end_);
  thread_.join();
}

bool GuardWatch::read_news() noexcept {
  static_cast<void>(take_event(news_));
  return alive_.load();
}

void GuardWatch::tell(bool alive) noexcept {
  alive_.store(alive);
  raise_event(news_);
}

// Without a guard there is no descriptor of it, which poll() leaves out.
void GuardWatch::watch() noexcept {
  for (bool alive = true;;) {
    std::array<pollfd, 2> fds{{{end_.get(), POLLIN, 0}, {guard_.fd(), POLLIN, 0}}};
    if (::poll(fds.data(), fds.size(), alive ? -1 : try_again_ms) < 0) continue;
    if (fds[0].revents != 0) return;
    if (alive && fds[1].revents == 0) continue;
    const bool was_alive = alive;
    alive = guard_.restart();
    if (alive || was_alive) tell(alive);
  }
}

}  // namespace drmshow
