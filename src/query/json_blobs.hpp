// The bytes of blobs from JSON: as drm-query wrote them, or made again from what drm_info decoded.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include <drm_mode.h>

#include "query/json_cursor.hpp"

namespace drmshow {

drm_mode_modeinfo mode_from_json(const JsonCursor& json);

/// nullopt if the file does not tell.
std::optional<std::vector<std::byte>> blob_from_json(std::string_view property,
                                                     const JsonCursor& json);

}  // namespace drmshow
