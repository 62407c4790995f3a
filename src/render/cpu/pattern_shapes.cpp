#include "render/cpu/pattern_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace drmshow {
namespace {

unsigned channel_between(Pixel from, Pixel to, int shift, int step, int last) {
  const int a = static_cast<int>(from >> shift & 0xff);
  const int b = static_cast<int>(to >> shift & 0xff);
  return static_cast<unsigned>(
      (std::int64_t{a} * (last - step) * 2 + std::int64_t{b} * step * 2 + last) /
      (2 * std::int64_t{last}));
}

std::vector<Pixel> ramp_levels(int length, Pixel from, Pixel to) {
  std::vector<Pixel> levels(static_cast<std::size_t>(std::max(length, 0)), from);
  const int last = std::max(length - 1, 1);
  for (int i = 0; i < length; ++i) {
    const auto at = [&](int shift) { return channel_between(from, to, shift, i, last); };
    levels[static_cast<std::size_t>(i)] = rgb(at(16), at(8), at(0));
  }
  return levels;
}

/// Lines of `cell` pixels in turn; `phase` >= 0 is where in the two-cell period the first lies.
std::vector<Pixel> striped(int length, int cell, int phase, Pixel first, Pixel second) {
  std::vector<Pixel> line(static_cast<std::size_t>(std::max(length, 0)));
  for (std::size_t i = 0; i < line.size(); ++i) {
    const int place = (static_cast<int>(i) + phase) / cell;
    line[i] = place % 2 == 0 ? first : second;
  }
  return line;
}

int positive_modulo(int value, int modulus) {
  return (value % modulus + modulus) % modulus;
}

unsigned coverage_of(double distance, double inner, double outer) {
  const double in = std::clamp(distance - inner + 0.5, 0.0, 1.0);
  const double out = std::clamp(outer - distance + 0.5, 0.0, 1.0);
  return static_cast<unsigned>(255 * in * out + 0.5);
}

/// Half the width of a circle at `dy` from its centre; 0 beyond it.
double half_chord(double radius, double dy) {
  return radius <= std::abs(dy) ? 0 : std::sqrt(radius * radius - dy * dy);
}

int top_of(Circle circle, double reach) {
  return static_cast<int>(std::floor(circle.centre_halves.y / 2.0 - reach));
}
int bottom_of(Circle circle, double reach) {
  return static_cast<int>(std::ceil(circle.centre_halves.y / 2.0 + reach)) + 1;
}

}  // namespace

Ramp::Ramp(Rect area, Axis axis, Pixel from, Pixel to)
    : Shape{area.y, area.bottom()},
      area_{area},
      axis_{axis},
      levels_{ramp_levels(axis == Axis::horizontal ? area.width : area.height, from, to)} {}

void Ramp::draw(int y, RowClip row) const {
  if (axis_ == Axis::horizontal) return row.copy(area_.x, levels_);
  row.fill(area_.x, area_.right(), levels_[static_cast<std::size_t>(y - area_.y)]);
}

Checker::Checker(Rect area, int cell, Point origin, Pixel first, Pixel second)
    : Shape{area.y, area.bottom()},
      area_{area},
      cell_{cell},
      phase_y_{positive_modulo(-origin.y, 2 * cell)},
      line_{striped(area.width + cell, cell, positive_modulo(area.x - origin.x, 2 * cell), first,
                    second)} {}

void Checker::draw(int y, RowClip row) const {
  const bool swapped = (y + phase_y_) / cell_ % 2 != 0;
  const std::span<const Pixel> line{line_};
  row.copy(area_.x, line.subspan(swapped ? static_cast<std::size_t>(cell_) : 0,
                                 static_cast<std::size_t>(std::max(area_.width, 0))));
}

bool Checker::repeats(int y) const {
  return (y + phase_y_) % cell_ != 0;
}

Stripes::Stripes(Rect area, Axis axis, int width, Pixel first, Pixel second)
    : Shape{area.y, area.bottom()},
      area_{area},
      axis_{axis},
      width_{width},
      colours_{first, second},
      line_{axis == Axis::horizontal ? striped(area.width, width, 0, first, second)
                                     : std::vector<Pixel>{}} {}

void Stripes::draw(int y, RowClip row) const {
  if (axis_ == Axis::horizontal) return row.copy(area_.x, line_);
  row.fill(area_.x, area_.right(), colours_[(y - area_.y) / width_ % 2]);
}

bool Stripes::repeats(int y) const {
  return axis_ == Axis::horizontal || (y - area_.y) % width_ != 0;
}

Ring::Ring(Circle circle, double stroke, Pixel colour)
    : Shape{top_of(circle, circle.radius + stroke / 2 + 0.5),
            bottom_of(circle, circle.radius + stroke / 2 + 0.5)},
      x_{circle.centre_halves.x / 2.0},
      y_{circle.centre_halves.y / 2.0},
      inner_{circle.radius - stroke / 2},
      outer_{circle.radius + stroke / 2},
      colour_{colour} {}

void Ring::draw(int y, RowClip row) const {
  const double dy = y - y_;
  const double reach = half_chord(outer_ + 0.5, dy);  // half a pixel of smoothing on either side
  const double hollow = half_chord(inner_ - 0.5, dy);
  const int left = static_cast<int>(std::floor(x_ - reach));
  const int right = static_cast<int>(std::ceil(x_ + reach)) + 1;
  const int hollow_left = static_cast<int>(std::floor(x_ - hollow)) + 1;
  const int hollow_right = static_cast<int>(std::ceil(x_ + hollow));
  if (hollow_left >= hollow_right) return draw_arc(dy, left, right, row);
  draw_arc(dy, left, hollow_left, row);
  draw_arc(dy, hollow_right, right, row);
}

void Ring::draw_arc(double dy, int left, int right, RowClip row) const {
  const int end = std::min(right, row.right());
  for (int x = std::max(left, row.left()); x < end; ++x) {
    const double dx = x - x_;
    row.blend(x, colour_, coverage_of(std::sqrt(dx * dx + dy * dy), inner_, outer_));
  }
}

InsideCircle::InsideCircle(Circle circle, ShapeList shapes)
    : Shape{top_of(circle, circle.radius), bottom_of(circle, circle.radius)},
      x_{circle.centre_halves.x / 2.0},
      y_{circle.centre_halves.y / 2.0},
      radius_{circle.radius},
      shapes_{std::move(shapes)} {}

void InsideCircle::draw(int y, RowClip row) const {
  if (std::abs(y - y_) > radius_) return;
  const double half = half_chord(radius_, y - y_);
  const RowClip inside = row.narrowed(static_cast<int>(std::ceil(x_ - half)),
                                      static_cast<int>(std::floor(x_ + half)) + 1);
  for (const auto& shape : shapes_.all()) {
    if (shape->covers(y)) shape->draw(y, inside);
  }
}

Stamp::Stamp(Point at, std::shared_ptr<const Mask> mask, Pixel colour)
    : Shape{at.y, at.y + mask->size.height}, at_{at}, mask_{std::move(mask)}, colour_{colour} {}

void Stamp::draw(int y, RowClip row) const {
  row.stamp(at_.x, mask_->row(y - at_.y), colour_);
}

void add_frame(ShapeList& shapes, Rect area, int stroke, Pixel colour) {
  const int top = std::min(area.y + stroke, area.bottom());
  const int bottom = std::max(area.bottom() - stroke, top);
  shapes.add<Fill>(rect_between(area.x, area.y, area.right(), top), colour);
  shapes.add<Fill>(rect_between(area.x, bottom, area.right(), area.bottom()), colour);
  const int left = std::min(area.x + stroke, area.right());
  const int right = std::max(area.right() - stroke, area.x);
  shapes.add<Fill>(rect_between(area.x, top, left, bottom), colour);
  shapes.add<Fill>(rect_between(right, top, area.right(), bottom), colour);
}

void add_columns(ShapeList& shapes, Rect area, std::span<const Pixel> colours) {
  const int count = static_cast<int>(colours.size());
  for (int i = 0; i < count; ++i) {
    const int left = area.x + fraction(area.width, i, count);
    const int right = area.x + fraction(area.width, i + 1, count);
    shapes.add<Fill>(rect_between(left, area.y, right, area.bottom()),
                     colours[static_cast<std::size_t>(i)]);
  }
}

}  // namespace drmshow
