// A picture made of shapes, painted in the order given. A scene knows which shapes touch which
// line, so a line costs only what is on it, and lines that nothing changes on are known to repeat.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "drm-show/picture.hpp"

namespace drmshow {

/// `over`, which is opaque, laid on `under` with opacity `alpha` (0..255), each channel rounded to
/// nearest. The result is opaque if `under` is; else both are premultiplied ARGB8888.
constexpr Pixel mix(Pixel under, Pixel over, unsigned alpha) {
  const auto blend = [&](Pixel a, Pixel b) {  // two channels at a time: 0x00VV00VV
    const Pixel sum = a * (255 - alpha) + b * alpha + 0x00800080u;
    return (sum + ((sum >> 8) & 0x00ff00ffu)) >> 8 & 0x00ff00ffu;
  };
  const Pixel red_blue = blend(under & 0x00ff00ffu, over & 0x00ff00ffu);
  const Pixel alpha_green = blend(under >> 8 & 0x00ff00ffu, over >> 8 & 0x00ff00ffu);
  return red_blue | alpha_green << 8;
}

/// A line being drawn, and the part [left, right) of it that may be written.
class RowClip {
 public:
  /// `row` has the line's pixels from `x` on.
  explicit RowClip(std::span<Pixel> row, int x = 0)
      : row_{row}, first_{x}, left_{x}, right_{x + static_cast<int>(row.size())} {}

  RowClip narrowed(int left, int right) const;
  /// What of [left, right) may be written; empty if nothing.
  std::span<Pixel> window(int left, int right) const;
  void fill(int left, int right, Pixel colour) const;
  /// Writes what may be written of `line`, whose first pixel belongs at `left`.
  void copy(int left, std::span<const Pixel> line) const;
  void blend(int x, Pixel colour, unsigned alpha) const;
  /// Paints `colour` where `coverage`, whose first pixel belongs at `left`, says.
  void stamp(int left, std::span<const std::uint8_t> coverage, Pixel colour) const;
  int left() const { return left_; }
  int right() const { return right_; }

 private:
  std::span<Pixel> row_;
  int first_;  // on the line, of row_
  int left_;
  int right_;
};

class Shape {
 public:
  Shape(int top, int bottom) : top_{top}, bottom_{bottom} {}
  virtual ~Shape() = default;
  Shape(const Shape&) = delete;
  Shape& operator=(const Shape&) = delete;

  /// Only called for top() <= y < bottom().
  virtual void draw(int y, RowClip row) const = 0;
  /// True if lines `y` and `y` - 1, both of this shape, are certainly painted alike.
  virtual bool repeats(int /*y*/) const { return false; }

  int top() const { return top_; }
  int bottom() const { return bottom_; }
  bool covers(int y) const { return y >= top_ && y < bottom_; }

 private:
  int top_;
  int bottom_;
};

class ShapeList {
 public:
  template <class S, class... Args>
  void add(Args&&... args) {
    shapes_.push_back(std::make_unique<S>(std::forward<Args>(args)...));
  }
  const std::vector<std::unique_ptr<Shape>>& all() const { return shapes_; }

 private:
  std::vector<std::unique_ptr<Shape>> shapes_;
};

class ShapeScene : public Picture {
 public:
  ShapeScene(Size size, Pixel background, ShapeList shapes);

  Size size() const override { return size_; }
  void draw_row(int y, std::span<Pixel> row) const override { draw(y, 0, row); }
  bool repeats_row(int y) const override;
  /// Fills `row` with the pixels of line `y` from `x` on.
  void draw(int y, int x, std::span<Pixel> row) const;

 private:
  /// Lines [top, next band's top): no shape begins or ends inside.
  struct Band {
    int top;
    std::vector<const Shape*> shapes;
  };
  const Band& band_at(int y) const;

  Size size_;
  Pixel background_;
  ShapeList shapes_;
  std::vector<Band> bands_;  // never empty; the first begins at line 0
};

}  // namespace drmshow
