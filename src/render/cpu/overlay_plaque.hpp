// Where a label's plaque and its lines go. Pure arithmetic, but for the widths, which the font
// knows.
#pragma once

#include <vector>

#include "render/cpu/overlay.hpp"
#include "render/cpu/pattern_mask.hpp"
#include "render/cpu/pattern_scene.hpp"
#include "render/cpu/text.hpp"

namespace drmshow {

enum class PlaqueStyle {
  host,      ///< fills the place that the picture keeps free, opaque
  floating,  ///< as large as its text, translucent, rounded
};

struct PlaqueLayout {
  Rect box;                       // on the screen; empty: no label
  int padding = 0;                // from the box to the text, left and right
  std::vector<int> line_heights;  // of the lines that are shown; together centred in the box
};

/// `area` is where the plaque may be: all of it is used with PlaqueStyle::host, and its bottom edge
/// is where a floating plaque stands. `tallest` bounds the ordinary lines' height.
PlaqueLayout lay_out_plaque(const Font& font, const Label& label, Rect area, int tallest,
                            PlaqueStyle style);

/// The plaque drawn once: opacity of the box and of the ink for each of its pixels.
struct Plaque {
  Rect box;
  Mask shade;
  Mask ink;
  std::vector<bool> repeats;  // line n of the plaque is painted like line n - 1
};
Plaque draw_plaque(const Font& font, const Label& label, const PlaqueLayout& layout,
                   PlaqueStyle style);

/// Lays the plaque's line `y` of the screen over what `row` has already.
void lay_plaque(const Plaque& plaque, int y, RowClip row);
/// True if lines `y` > 0 and `y` - 1 of the screen are laid over alike.
bool repeats_plaque(const Plaque& plaque, int y);

}  // namespace drmshow
