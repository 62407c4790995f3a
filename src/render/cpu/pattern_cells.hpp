// Squares that tile a screen around its middle.
#pragma once

#include "drm-show/geometry.hpp"

namespace drmshow {

/// The side of a square of which about `per_short_side` fit the shorter side of `size`. If a common
/// divisor of both sides is close to that, squares fill the screen without a rest. At least 1.
int square_cell(Size size, int per_short_side);

/// Where a tiling of `cell` begins on a side of `length` pixels, 0 or less, so that cells cut off
/// at the two edges are of equal width (to a pixel).
int centred_origin(int length, int cell);

}  // namespace drmshow
