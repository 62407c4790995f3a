// The clock that a compositor tells presentation times by, and ours. Most have ours
// (CLOCK_MONOTONIC); weston without a display has CLOCK_MONOTONIC_RAW.
#pragma once

#include <cstdint>
#include <optional>

#include <time.h>

#include "drm-show/time.hpp"

namespace drmshow {

class PresentationClock {
 public:
  explicit PresentationClock(clockid_t clock) : clock_{clock} {}

  /// Its time as one of ours. Two clocks that run apart are compared now: that is right for times
  /// that are near. Nothing if we cannot read it.
  std::optional<Time> to_ours(Nanoseconds theirs) const noexcept;
  /// And back.
  std::optional<Nanoseconds> to_theirs(Time ours) const noexcept;

 private:
  std::optional<Nanoseconds> ahead() const noexcept;

  clockid_t clock_;
};

/// Seconds and nanoseconds in the parts that protocols send.
struct WireTime {
  std::uint32_t seconds_high = 0;
  std::uint32_t seconds_low = 0;
  std::uint32_t nanoseconds = 0;
  friend bool operator==(const WireTime&, const WireTime&) = default;
};

/// Nothing if that is more than 64 bits of nanoseconds hold (292 years), or no time at all.
std::optional<Nanoseconds> from_wire(const WireTime& time) noexcept;
/// Not for negative ones.
WireTime to_wire(Nanoseconds time) noexcept;

}  // namespace drmshow
