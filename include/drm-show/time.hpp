// Points in time and lengths of time. The clock is CLOCK_MONOTONIC, which page-flip events use too
// (DRM_CAP_TIMESTAMP_MONOTONIC).
#pragma once

#include <chrono>

namespace drmshow {

using Clock = std::chrono::steady_clock;
using Nanoseconds = std::chrono::nanoseconds;
using Time = std::chrono::time_point<Clock, Nanoseconds>;

}  // namespace drmshow
