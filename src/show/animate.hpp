// Frames, one after the other, until it is time to end.
#pragma once

#include "drm-show/device.hpp"
#include "show/options.hpp"

namespace drmshow {

/// Throws Error.
void animate(const Options& options, const Device& device);

}  // namespace drmshow
