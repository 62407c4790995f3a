// The shapes that patterns are made of. Rectangles are half open: [x, right()) x [y, bottom()).
#pragma once

#include <memory>
#include <vector>

#include "render/cpu/pattern_mask.hpp"
#include "render/cpu/pattern_scene.hpp"

namespace drmshow {

constexpr Pixel gray(unsigned level) {
  return rgb(level, level, level);
}
inline constexpr Pixel black = gray(0);
inline constexpr Pixel white = gray(255);

enum class Axis { horizontal, vertical };

/// `part` / `parts` of the way along `length`, rounded down: neighbouring parts meet exactly.
constexpr int fraction(int length, int part, int parts) {
  return static_cast<int>(std::int64_t{length} * part / parts);
}
constexpr Rect rect_between(int left, int top, int right, int bottom) {
  return {Point{left, top}, Size{right - left, bottom - top}};
}

class Fill : public Shape {
 public:
  Fill(Rect area, Pixel colour) : Shape{area.y, area.bottom()}, area_{area}, colour_{colour} {}
  void draw(int, RowClip row) const override { row.fill(area_.x, area_.right(), colour_); }
  bool repeats(int) const override { return true; }

 private:
  Rect area_;
  Pixel colour_;
};

/// From `from` on the first pixel to `to` on the last one, both exact; rounded to nearest between.
class Ramp : public Shape {
 public:
  Ramp(Rect area, Axis axis, Pixel from, Pixel to);
  void draw(int y, RowClip row) const override;
  bool repeats(int) const override { return axis_ == Axis::horizontal; }

 private:
  Rect area_;
  Axis axis_;
  std::vector<Pixel> levels_;  // along the axis
};

/// Squares of two colours, `first` at `origin` (which may lie outside of the area).
class Checker : public Shape {
 public:
  Checker(Rect area, int cell, Point origin, Pixel first, Pixel second);
  void draw(int y, RowClip row) const override;
  bool repeats(int y) const override;

 private:
  Rect area_;
  int cell_;
  int phase_y_;              // of line 0, in lines, >= 0
  std::vector<Pixel> line_;  // a cell longer than the area: one cell on, the colours are swapped
};

/// Lines of two colours, `width` pixels each, `first` at the area's edge. Across the axis: vertical
/// lines follow each other along the horizontal one.
class Stripes : public Shape {
 public:
  Stripes(Rect area, Axis axis, int width, Pixel first, Pixel second);
  void draw(int y, RowClip row) const override;
  bool repeats(int y) const override;

 private:
  Rect area_;
  Axis axis_;
  int width_;
  Pixel colours_[2];
  std::vector<Pixel> line_;  // Axis::horizontal only
};

/// A circle's place. The centre counts in half pixels from the middle of the top left pixel, so
/// that the middle of a screen with an even number of pixels can be said exactly (width - 1).
struct Circle {
  Point centre_halves;
  double radius;  // pixels
};
constexpr Point centre_halves(Rect area) {
  return {2 * area.x + area.width - 1, 2 * area.y + area.height - 1};
}

/// The smoothed outline of a circle, `stroke` pixels wide and centred on the radius.
class Ring : public Shape {
 public:
  Ring(Circle circle, double stroke, Pixel colour);
  void draw(int y, RowClip row) const override;

 private:
  void draw_arc(double dy, int left, int right, RowClip row) const;

  double x_;
  double y_;
  double inner_;
  double outer_;
  Pixel colour_;
};

/// Shapes cut off at a circle; hard-edged, so put a Ring on it.
class InsideCircle : public Shape {
 public:
  InsideCircle(Circle circle, ShapeList shapes);
  void draw(int y, RowClip row) const override;

 private:
  double x_;
  double y_;
  double radius_;
  ShapeList shapes_;
};

/// A mask painted in one colour.
class Stamp : public Shape {
 public:
  Stamp(Point at, std::shared_ptr<const Mask> mask, Pixel colour);
  void draw(int y, RowClip row) const override;

 private:
  Point at_;
  std::shared_ptr<const Mask> mask_;
  Pixel colour_;
};

/// The outline of `area`, `stroke` pixels wide and inside of it.
void add_frame(ShapeList& shapes, Rect area, int stroke, Pixel colour);
/// Bars of equal width side by side (a pixel more or less where it does not divide).
void add_columns(ShapeList& shapes, Rect area, std::span<const Pixel> colours);

}  // namespace drmshow
