// Device nodes: /dev/dri/cardN.
#pragma once

#include <filesystem>

#include "drm-show/fd.hpp"

namespace drmshow {

/// `access`: O_RDWR or O_RDONLY. Throws Error: no_device, no_permission.
UniqueFd open_node(const std::filesystem::path& node, int access);

/// By its own name, whatever link led to it (/dev/dri/by-path): uevents know no other.
std::filesystem::path resolve_node(const std::filesystem::path& node);

/// The minor number of an open node.
unsigned node_minor(int fd);

}  // namespace drmshow
