// The bytes of blobs from JSON: as drm-query wrote them, or made again from what drm_info decoded.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <drm_mode.h>

#include "drm-show/format.hpp"
#include "query/json/cursor.hpp"

namespace drmshow {

drm_mode_modeinfo mode_from_json(const JsonCursor& json);

/// Of a list: drm_fourcc.h has some 130 formats; drivers list up to some hundred modifiers.
inline constexpr std::size_t most_formats = 256;
inline constexpr std::size_t most_modifiers = 1024;

/// nullopt if the file does not tell. `formats`: of the plane whose property this is, in the
/// kernel's order, which drm_info's data of IN_FORMATS does not tell.
std::optional<std::vector<std::byte>> blob_from_json(std::string_view property,
                                                     const JsonCursor& json,
                                                     std::span<const Format> formats);

}  // namespace drmshow
