// Where a picture goes on a screen, and which part of it. Pure geometry.
#pragma once

#include "drm-show/fit.hpp"
#include "drm-show/geometry.hpp"

namespace drmshow {

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
