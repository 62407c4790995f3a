// Which GPU drew the frames of an output, and how that went: for --stats.
#pragma once

#include <cstdint>
#include <string>

#include "drm-show/scanout_image.hpp"

namespace drmshow {

struct GpuAccount {
  std::string name;                  ///< of the GPU
  bool software = false;             ///< the processor draws
  ImageRung rung = ImageRung::copy;  ///< how frames come to the display
  bool fences = false;               ///< its driver has fences (sync files) for what is drawn
  std::uint64_t waits = 0;           ///< frames that the processor had to wait for
};

/// For people: "drawn by Radeon …, linear; the processor waited for 3 frames".
std::string to_string(const GpuAccount& account);

}  // namespace drmshow
