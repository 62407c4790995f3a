// The nodes of a display device, to find its GPU by.
#pragma once

#include <sys/types.h>

#include "drm-show/device.hpp"
#include "render/vulkan/gpu_choice.hpp"

namespace drmshow {

/// Of the open device; its render node is what sysfs shows beside it.
DisplayNodes display_nodes(const Device& device);
/// Of a device that is known by the number of one of its nodes, whichever.
DisplayNodes nodes_of_device(dev_t node);

}  // namespace drmshow
