#include "session/sleep_watch.hpp"

#include <cstdint>
#include <ctime>
#include <utility>

#include <sys/timerfd.h>
#include <unistd.h>

namespace drmshow {
namespace {

constexpr std::chrono::seconds far_away{8'000'000'000};  // in the year 2223
// Two looks at two clocks are not at the same moment.
constexpr Nanoseconds shortest_sleep = std::chrono::milliseconds{100};

Nanoseconds time_of(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return std::chrono::seconds{now.tv_sec} + Nanoseconds{now.tv_nsec};
}

// CLOCK_BOOTTIME goes on while the machine sleeps, CLOCK_MONOTONIC does not (clock_gettime(2)).
Nanoseconds time_asleep() {
  return time_of(CLOCK_BOOTTIME) - time_of(CLOCK_MONOTONIC);
}

}  // namespace

SleepWatch::SleepWatch()
    : timer_{::timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK)}, slept_{time_asleep()} {
  arm();
}

// Waking up sets the clock of the day, and that cancels timers that ask for it (timerfd_create(2)).
void SleepWatch::arm() {
  itimerspec never{};
  never.it_value.tv_sec = far_away.count();
  if (timer_ && ::timerfd_settime(timer_.get(), TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never,
                                  nullptr) != 0) {
    timer_.reset();
  }
}

bool SleepWatch::has_slept() {
  std::uint64_t expirations = 0;
  static_cast<void>(::read(timer_.get(), &expirations, sizeof expirations));
  arm();
  const Nanoseconds now = time_asleep();
  return now - std::exchange(slept_, now) > shortest_sleep;
}

}  // namespace drmshow
