// Straight strokes with round ends at any angle: the hands of a clock and the marks on its dial.
#pragma once

#include "render/cpu/pattern_scene.hpp"

namespace drmshow {

/// Everything within `radius` of the line between two points, smoothed. Coordinates are pixels, the
/// middle of the top left one is the origin. A disc if both points are the same.
struct Capsule {
  double x1, y1, x2, y2;
  double radius;
  friend bool operator==(const Capsule&, const Capsule&) = default;
};

/// Every pixel that draw_capsule() may touch.
Rect bounds(const Capsule& capsule);

/// Draws the share of line `y`.
void draw_capsule(const Capsule& capsule, Pixel colour, int y, RowClip row);

class CapsuleShape : public Shape {
 public:
  CapsuleShape(const Capsule& capsule, Pixel colour)
      : Shape{bounds(capsule).y, bounds(capsule).bottom()}, capsule_{capsule}, colour_{colour} {}
  void draw(int y, RowClip row) const override { draw_capsule(capsule_, colour_, y, row); }

 private:
  Capsule capsule_;
  Pixel colour_;
};

}  // namespace drmshow
