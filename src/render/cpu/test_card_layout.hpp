// The test card's measures. Everything hangs on one unit, the side of a square of the background:
// nine fit the shorter side of the screen. Places count in units from the middle of the screen, and
// what lies at -a is the mirror image, to the pixel, of what lies at a.
#pragma once

#include <algorithm>
#include <cmath>

#include "render/cpu/pattern_shapes.hpp"

namespace drmshow::card {

inline constexpr int units_per_short_side = 9;
inline constexpr int finest_unit = 16;      // pixels: below, the simple card is drawn
inline constexpr double circle_radius = 4;  // units

struct Layout {
  Size size;
  int unit;  // pixels, a multiple of 4

  explicit Layout(Size screen)
      : size{screen},
        unit{std::min(screen.width, screen.height) / (4 * units_per_short_side) * 4} {}

  bool portrait() const { return size.height > size.width; }
  double half_width() const { return size.width / 2.0 / unit; }    // units
  double half_height() const { return size.height / 2.0 / unit; }  // units

  int pixels(double units) const { return static_cast<int>(std::lround(units * unit)); }
  int x(double units) const { return place(size.width, units); }
  int y(double units) const { return place(size.height, units); }
  Rect rect(double left, double top, double right, double bottom) const {
    return rect_between(x(left), y(top), x(right), y(bottom));
  }
  /// Line width in pixels: `units`, but at least `least`.
  int stroke(double units, int least) const { return std::max(pixels(units), least); }

  Circle circle() const { return {centre_halves(Rect{{}, size}), circle_radius * unit}; }

 private:
  int place(int length, double units) const {
    const int offset = length / 2 - pixels(std::abs(units));
    return units < 0 ? offset : length - offset;
  }
};

// A restrained palette: dark slate, and white only for what must be seen to the last pixel.
inline constexpr Pixel backdrop = rgb(20, 24, 31);
inline constexpr Pixel panel = rgb(11, 14, 19);
inline constexpr Pixel grid_line = rgb(58, 68, 83);
inline constexpr Pixel quiet_ink = rgb(138, 149, 166);
inline constexpr Pixel ink = rgb(240, 243, 247);
inline constexpr Pixel accent = rgb(255, 176, 64);

}  // namespace drmshow::card
