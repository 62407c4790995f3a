// Squares and lines from large to a single pixel: geometry, scaling, phase and sharpness.
#include <algorithm>

#include "render/cpu/pattern_cells.hpp"
#include "render/cpu/pattern_factories.hpp"
#include "render/cpu/pattern_shapes.hpp"

namespace drmshow {
namespace {

constexpr int checker_rows = 9;
constexpr int finest_lines = 4;  // sharpness: lines of 1 to 4 pixels

enum class Texture { columns, lines, squares };

void add_texture(ShapeList& shapes, Rect area, Texture texture, int pixels) {
  switch (texture) {
    case Texture::columns:
      return shapes.add<Stripes>(area, Axis::horizontal, pixels, white, black);
    case Texture::lines:
      return shapes.add<Stripes>(area, Axis::vertical, pixels, white, black);
    case Texture::squares:
      return shapes.add<Checker>(area, pixels, Point{area.x, area.y}, white, black);
  }
}

}  // namespace

std::unique_ptr<Picture> make_checker(Size size) {
  const int cell = square_cell(size, checker_rows);
  const Point origin{centred_origin(size.width, cell), centred_origin(size.height, cell)};
  ShapeList shapes;
  shapes.add<Checker>(Rect{{}, size}, cell, origin, white, black);
  return std::make_unique<ShapeScene>(size, black, std::move(shapes));
}

// Shown pixel for pixel, both parts are the same even gray; scaling makes beats, and a display that
// handles neighbouring pixels differently shows the inner square.
std::unique_ptr<Picture> make_pixels(Size size) {
  const int side = std::min(size.width, size.height) / 2;
  const Rect inner{{(size.width - side) / 2, (size.height - side) / 2}, {side, side}};
  ShapeList shapes;
  shapes.add<Checker>(Rect{{}, size}, 1, Point{}, white, black);
  shapes.add<Checker>(inner, 1, Point{}, black, white);
  return std::make_unique<ShapeScene>(size, black, std::move(shapes));
}

// A column each of 1, 2, 3 and 4 pixels; vertical lines, horizontal lines and squares below.
std::unique_ptr<Picture> make_sharpness(Size size) {
  constexpr Texture textures[] = {Texture::columns, Texture::lines, Texture::squares};
  constexpr int textures_count = 3;
  const int gap = std::min(size.width, size.height) / 24;
  ShapeList shapes;
  for (int row = 0; row < textures_count; ++row) {
    const int top = fraction(size.height - gap, row, textures_count) + gap;
    const int bottom = fraction(size.height - gap, row + 1, textures_count);
    for (int column = 0; column < finest_lines; ++column) {
      const int left = fraction(size.width - gap, column, finest_lines) + gap;
      const int right = fraction(size.width - gap, column + 1, finest_lines);
      add_texture(shapes, rect_between(left, top, right, bottom), textures[row], column + 1);
    }
  }
  return std::make_unique<ShapeScene>(size, gray(128), std::move(shapes));
}

}  // namespace drmshow
