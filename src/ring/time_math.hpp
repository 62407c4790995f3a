// Sums and differences of times that stop at the ends instead of overflowing: Time::min() and
// Time::max() mean "at once" and "never" here, and come in as arguments. Pure.
#pragma once

#include <cstdint>

#include "drm-show/time.hpp"

namespace drmshow {

inline Nanoseconds between(Time from, Time to) {
  std::int64_t span = 0;
  const std::int64_t end = to.time_since_epoch().count();
  if (!__builtin_sub_overflow(end, from.time_since_epoch().count(), &span))
    return Nanoseconds{span};
  return end < 0 ? Nanoseconds::min() : Nanoseconds::max();
}

inline Time later(Time time, Nanoseconds by) {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(time.time_since_epoch().count(), by.count(), &sum)) {
    return Time{Nanoseconds{sum}};
  }
  return by.count() < 0 ? Time::min() : Time::max();
}

/// `by` must not be Nanoseconds::min().
inline Time earlier(Time time, Nanoseconds by) {
  return later(time, -by);
}

/// The time `count` periods after `start`.
inline Time multiple_after(Time start, std::int64_t count, Nanoseconds period) {
  std::int64_t span = 0;
  if (!__builtin_mul_overflow(count, period.count(), &span)) return later(start, Nanoseconds{span});
  return count < 0 ? Time::min() : Time::max();
}

/// How often `period` (more than 0) fits into `span`, rounded towards the past.
inline std::int64_t whole_periods(Nanoseconds span, Nanoseconds period) {
  return span / period - (span % period < Nanoseconds::zero() ? 1 : 0);
}

/// ... and rounded to the nearest.
inline std::int64_t nearest_periods(Nanoseconds span, Nanoseconds period) {
  const std::int64_t whole = whole_periods(span, period);
  const Nanoseconds rest =
      span % period + (span % period < Nanoseconds::zero() ? period : Nanoseconds{});
  return whole + (2 * rest >= period ? 1 : 0);
}

/// How long before it is due a frame may be shown: nearly half a period, so that each goes to the
/// blank nearest to it. Exactly half would make rates like 24 on 60 Hz, where every other frame is
/// due in the middle between two blanks, a matter of noise. 45 % is as far from halves as it is
/// from quarters and fifths, where those of 48, 25 and 50 frames a second are.
inline Nanoseconds due_lead(Nanoseconds period) {
  return period / 20 * 9;
}

}  // namespace drmshow
