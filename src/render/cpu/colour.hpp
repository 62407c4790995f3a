// Colours as written on a command line.
#pragma once

#include <optional>
#include <string_view>

#include "drm-show/picture.hpp"

namespace drmshow {

/// "#rgb", "#rrggbb" or a name as in CSS (so "green" is #008000, "lime" #00ff00); case does not
/// matter. Nothing if it is none of these.
std::optional<Pixel> parse_colour(std::string_view text);

}  // namespace drmshow
