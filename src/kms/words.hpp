// Words for what the kernel tells as numbers, for messages and views. Pure.
#pragma once

#include <string_view>

#include "drm-show/snapshot.hpp"

namespace drmshow {

/// "connected", "disconnected", "unknown": the kernel's, as in sysfs.
std::string_view status_word(Connection connection);

}  // namespace drmshow
