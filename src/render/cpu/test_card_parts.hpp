// The test card's parts, each adding its shapes. In the order of painting.
#pragma once

#include "render/cpu/test_card_layout.hpp"

namespace drmshow::card {

/// Square grid and the ruler along the edges (a tick each quarter of a unit).
void add_backdrop(ShapeList& shapes, const Layout& layout);
/// What is in the circle: resolution, colours, plaque, levels; and the circle itself.
void add_disc(ShapeList& shapes, const Layout& layout);
/// A Siemens star in each corner, and panels between them where the screen has room.
void add_surroundings(ShapeList& shapes, const Layout& layout);
/// One-pixel border, corner brackets, arrows and coordinates: nothing is cropped if all is seen.
void add_edges(ShapeList& shapes, const Layout& layout);

/// The place in the disc that is kept for a label.
Rect plaque(const Layout& layout);

}  // namespace drmshow::card
