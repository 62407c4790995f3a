// Which frame of something that moves.
#pragma once

#include <cstdint>

#include "drm-show/time.hpp"

namespace drmshow {

/// Which frame it is, and what time it shows.
struct Moment {
  std::uint64_t number = 0;  ///< of the frame, from 1; it is in the pixels (frame_code.hpp)
  Nanoseconds time{};        ///< since the animation began
  friend bool operator==(const Moment&, const Moment&) = default;
};

}  // namespace drmshow
