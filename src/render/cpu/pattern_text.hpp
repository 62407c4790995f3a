// Text as a shape of a scene.
#pragma once

#include <string_view>

#include "render/cpu/pattern_shapes.hpp"

namespace drmshow {

inline constexpr int smallest_text = 8;  // pixels of line height: below, nobody can read it

/// One line in the middle of `area`, `line_height` pixels high; left out if that is below
/// smallest_text, shortened if the area is too narrow.
void add_text(ShapeList& shapes, std::string_view text, Rect area, int line_height, Pixel ink);

}  // namespace drmshow
