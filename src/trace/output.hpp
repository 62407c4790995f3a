// What drm-trace prints. Thin.
#pragma once

#include <string_view>

namespace drmshow {

/// Writes to stdout, not through stdio. False if nobody reads it any more (EPIPE). Throws Error.
bool write_out(std::string_view text);

}  // namespace drmshow
