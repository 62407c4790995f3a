// The lists that drm-show prints.
#pragma once

#include <string>

#include "drm-show/snapshot.hpp"

namespace drmshow {

/// Every output with its modes, numbered as --mode #N takes them. Pure.
std::string list_modes(const std::string& device_label, const Snapshot& snapshot);

std::string list_patterns();

}  // namespace drmshow
