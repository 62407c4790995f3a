// The eight ways a stored picture can be turned (EXIF 2.3, tag 0x0112 "Orientation").
#pragma once

#include "drm-show/geometry.hpp"

namespace drmshow {

/// Where the stored picture's first row and first column belong in the upright picture.
enum class Orientation {
  top_left = 1,      ///< as stored
  top_right = 2,     ///< mirrored left to right
  bottom_right = 3,  ///< half a turn
  bottom_left = 4,   ///< mirrored top to bottom
  left_top = 5,      ///< transposed
  right_top = 6,     ///< to be turned a quarter clockwise
  right_bottom = 7,  ///< transposed along the other diagonal
  left_bottom = 8,   ///< to be turned a quarter anticlockwise
};

/// True if the stored rows are columns of the upright picture.
constexpr bool swaps_axes(Orientation orientation) {
  return orientation >= Orientation::left_top;
}

constexpr Size upright(Size stored, Orientation orientation) {
  return swaps_axes(orientation) ? stored.transposed() : stored;
}

/// True if the stored columns, left to right, run right to left or bottom to top when upright.
constexpr bool reverses_columns(Orientation orientation) {
  return orientation == Orientation::top_right || orientation == Orientation::bottom_right ||
         orientation == Orientation::right_bottom || orientation == Orientation::left_bottom;
}

/// True if the stored rows, top to bottom, run bottom to top or right to left when upright.
constexpr bool reverses_rows(Orientation orientation) {
  return orientation == Orientation::bottom_right || orientation == Orientation::bottom_left ||
         orientation == Orientation::right_top || orientation == Orientation::right_bottom;
}

}  // namespace drmshow
