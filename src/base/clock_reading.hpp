// All clocks at one moment: what a time of CLOCK_MONOTONIC is as a time of day, and how long the
// machine has been asleep. Both change while a program runs.
#pragma once

#include <cstdint>
#include <ctime>

namespace drmshow {

/// In nanoseconds.
struct ClockReading {
  std::int64_t monotonic = 0;        ///< CLOCK_MONOTONIC
  std::int64_t realtime_offset = 0;  ///< CLOCK_REALTIME minus that
  std::int64_t boottime_offset = 0;  ///< CLOCK_BOOTTIME minus that: how long it was asleep
};

/// Async-signal-safe.
inline ClockReading read_clocks() noexcept {
  const auto ns = [](clockid_t clock) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  };
  ClockReading reading;
  reading.monotonic = ns(CLOCK_MONOTONIC);
  reading.realtime_offset = ns(CLOCK_REALTIME) - reading.monotonic;
  reading.boottime_offset = ns(CLOCK_BOOTTIME) - reading.monotonic;
  return reading;
}

}  // namespace drmshow
