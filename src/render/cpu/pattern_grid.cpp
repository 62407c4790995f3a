// Cross-hatch: squares must be square, circles round, the border on the very edge visible.
#include <algorithm>

#include "render/cpu/pattern_cells.hpp"
#include "render/cpu/pattern_factories.hpp"
#include "render/cpu/pattern_shapes.hpp"

namespace drmshow {
namespace {

constexpr int cells_per_short_side = 12;
constexpr int pixels_per_stroke = 1440;  // shorter side for each further pixel of line width

constexpr Pixel hatch = gray(112);
constexpr Pixel action_safe = rgb(255, 176, 0);  // 5 % in from each edge
constexpr Pixel title_safe = rgb(0, 176, 255);   // 10 % in

struct Hatch {
  Size size;
  int cell;
  int stroke;
};

/// Lines outwards from the middle, each with its mirror image; those on the middle itself touch.
void add_hatch(ShapeList& shapes, const Hatch& h, Axis axis) {
  const int length = axis == Axis::horizontal ? h.size.width : h.size.height;
  for (int near = length / 2; near < length; near += h.cell) {
    const Pixel colour = near == length / 2 ? white : hatch;
    for (const int at : {near, length - near - h.stroke}) {
      const Rect line = axis == Axis::horizontal ? Rect{{at, 0}, {h.stroke, h.size.height}}
                                                 : Rect{{0, at}, {h.size.width, h.stroke}};
      shapes.add<Fill>(line, colour);
    }
  }
}

void add_safe_area(ShapeList& shapes, const Hatch& h, int percent, Pixel colour) {
  const int x = h.size.width * percent / 100;
  const int y = h.size.height * percent / 100;
  add_frame(shapes, rect_between(x, y, h.size.width - x, h.size.height - y), h.stroke, colour);
}

/// Touches the edges of a square of `side` pixels from inside.
void add_circle(ShapeList& shapes, Point centre, int side, int stroke) {
  shapes.add<Ring>(Circle{centre, (side - stroke) / 2.0}, stroke, white);
}

void add_circles(ShapeList& shapes, const Hatch& h) {
  const int shorter = std::min(h.size.width, h.size.height);
  const int small = 3 * h.cell;
  const Size corner{small, small};
  add_circle(shapes, centre_halves(Rect{{}, h.size}), shorter, h.stroke);
  for (const int x : {0, h.size.width - small}) {
    for (const int y : {0, h.size.height - small}) {
      add_circle(shapes, centre_halves(Rect{{x, y}, corner}), small, h.stroke);
    }
  }
}

}  // namespace

std::unique_ptr<Picture> make_grid(Size size) {
  const int shorter = std::min(size.width, size.height);
  const Hatch h{size, square_cell(size, cells_per_short_side), 1 + shorter / pixels_per_stroke};
  ShapeList shapes;
  if (h.cell > 2) {
    add_hatch(shapes, h, Axis::horizontal);
    add_hatch(shapes, h, Axis::vertical);
    add_safe_area(shapes, h, 5, action_safe);
    add_safe_area(shapes, h, 10, title_safe);
    add_circles(shapes, h);
  }
  add_frame(shapes, Rect{{}, size}, 1, white);
  return std::make_unique<ShapeScene>(size, black, std::move(shapes));
}

}  // namespace drmshow
