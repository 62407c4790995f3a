// Time that comes round. Pure.
#pragma once

#include "drm-show/time.hpp"

namespace drmshow {

/// How far `time`, which may be negative, is into the `period` that it lies in.
constexpr Nanoseconds within(Nanoseconds period, Nanoseconds time) {
  const Nanoseconds rest = time % period;
  return rest < Nanoseconds::zero() ? rest + period : rest;
}

}  // namespace drmshow
