// Where a picture goes on a screen, and which part of it. Pure geometry.
#pragma once

#include "drm-show/geometry.hpp"

namespace drmshow {

enum class Fit {
  contain,  ///< all of the picture, as large as fits; background beside it
  cover,    ///< the whole screen, as little of the picture cut off as that takes
  stretch,  ///< the whole picture on the whole screen, shape not kept
  none,     ///< one pixel for one pixel, cut off where it is larger
};

/// A part of a picture. In pixels, pixel (0, 0) covering 0 <= x, y < 1; fractions happen with
/// Fit::cover, exact to a double's rounding.
struct SourceRect {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  friend constexpr bool operator==(const SourceRect&, const SourceRect&) = default;
};

struct Placement {
  SourceRect source;  ///< inside the picture, never empty
  Rect destination;   ///< inside the screen, centred (the odd pixel right and below), never empty
};

/// Neither size may be empty.
Placement place(Fit fit, Size image, Size screen);

}  // namespace drmshow
