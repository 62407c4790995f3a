// Sizes and rectangles in whole pixels. Origin top left, y grows downwards, as in KMS.
#pragma once

#include <cstdint>

namespace drmshow {

struct Size {
  int width = 0;
  int height = 0;

  constexpr bool empty() const { return width <= 0 || height <= 0; }
  constexpr std::int64_t area() const { return std::int64_t{width} * height; }
  /// The same size seen after a quarter turn.
  constexpr Size transposed() const { return {height, width}; }
  friend constexpr bool operator==(Size, Size) = default;
};

struct Point {
  int x = 0;
  int y = 0;
  friend constexpr bool operator==(Point, Point) = default;
};

struct Rect {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;

  constexpr Rect() = default;
  constexpr Rect(Point at, Size size) : x{at.x}, y{at.y}, width{size.width}, height{size.height} {}
  constexpr Size size() const { return {width, height}; }
  constexpr int right() const { return x + width; }
  constexpr int bottom() const { return y + height; }
  friend constexpr bool operator==(Rect, Rect) = default;
};

}  // namespace drmshow
