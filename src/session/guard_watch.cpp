#include "session/guard_watch.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/signals_blocked.hpp"
#include "drm-show/error.hpp"

namespace drmshow {
namespace {

// There may be no process to be had just now (EAGAIN, ENOMEM).
constexpr int try_again_ms = 1000;

UniqueFd make_eventfd() {
  UniqueFd fd{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  if (!fd) throw Error{Failure::unexpected, "cannot make an eventfd", {}, errno};
  return fd;
}

void raise_event(const UniqueFd& fd) noexcept {
  const std::uint64_t one = 1;
  static_cast<void>(!::write(fd.get(), &one, sizeof one));
}

}  // namespace

GuardWatch::GuardWatch(Guard& guard) : guard_{guard}, news_{make_eventfd()}, end_{make_eventfd()} {
  const SignalsBlocked blocked{signals_of_others()};
  try {
    thread_ = std::thread{[this] { watch(); }};
  } catch (const std::system_error& error) {
    throw Error{Failure::unexpected, "cannot start a thread", {}, error.code().value()};
  }
  pthread_setname_np(thread_.native_handle(), "guard-watch");
}

GuardWatch::~GuardWatch() {
  raise_event(end_);
  thread_.join();
}

bool GuardWatch::read_news() noexcept {
  std::uint64_t count = 0;
  static_cast<void>(!::read(news_.get(), &count, sizeof count));
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
