// The nodes of a display device, to find its GPU by.
#pragma once

#include "drm-show/device.hpp"
#include "render/vulkan/gpu_choice.hpp"

namespace drmshow {

/// Of the open device; its render node is what sysfs shows beside it.
DisplayNodes display_nodes(const Device& device);

}  // namespace drmshow
