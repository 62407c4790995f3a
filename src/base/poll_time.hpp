// Points of time in poll's terms.
#pragma once

#include <algorithm>
#include <chrono>

#include "drm-show/time.hpp"

namespace drmshow {

/// Whole milliseconds from now, rounded up so that it does not wake early; -1 for ever. A long wait
/// is cut into days.
inline int poll_timeout(Time end) {
  using std::chrono::milliseconds;
  if (end == Time::max()) return -1;
  const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
  return static_cast<int>(
      std::clamp<milliseconds::rep>(left.count(), 0, milliseconds{std::chrono::hours{24}}.count()));
}

}  // namespace drmshow
