// The state of a display's outputs as a way back.
#pragma once

#include <string>

#include "drm-show/display.hpp"
#include "drm/way_back.hpp"

namespace drmshow {

/// `way`: "atomic", "legacy", or "dark", whose first commit the kernel refuses.
WayBack way_back(int fd, const Display& display, const std::string& way);

}  // namespace drmshow
