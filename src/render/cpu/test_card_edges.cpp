// The card's backdrop and edges.
#include <fmt/format.h>

#include "render/cpu/pattern_text.hpp"
#include "render/cpu/test_card_parts.hpp"
#include "render/cpu/text.hpp"

namespace drmshow::card {
namespace {

constexpr double bracket_length = 0.6;   // units, along each edge
constexpr double free_of_corner = 0.75;  // where the ruler begins
constexpr double free_of_edge = 0.25;    // no grid line closer than this
constexpr double coordinate_height = 0.27;
constexpr double coordinate_inset = 0.18;

/// Where the lines of the grid are: a line through the middle on the longer side, a square in the
/// middle on the shorter one.
double first_line(const Layout& layout, Axis axis) {
  const bool longer = (axis == Axis::horizontal) != layout.portrait();
  return longer && layout.size.width != layout.size.height ? 0 : 0.5;
}

double half_extent(const Layout& layout, Axis axis) {
  return axis == Axis::horizontal ? layout.half_width() : layout.half_height();
}

/// Pixels of the line at `units` on `axis` and of its mirror image.
std::pair<int, int> mirrored(const Layout& layout, Axis axis, double units, int stroke) {
  const int length = axis == Axis::horizontal ? layout.size.width : layout.size.height;
  const int near = axis == Axis::horizontal ? layout.x(units) : layout.y(units);
  const int at = std::max(near - stroke, length / 2);
  return {at, length - at - stroke};
}

void add_grid(ShapeList& shapes, const Layout& layout, Axis axis) {
  const int stroke = layout.stroke(1.0 / 120, 1);
  const double last = half_extent(layout, axis) - free_of_edge;
  for (double units = first_line(layout, axis); units < last; units += 1) {
    const auto [right, left] = mirrored(layout, axis, units, stroke);
    for (const int at : {left, right}) {
      const Rect line = axis == Axis::horizontal ? Rect{{at, 0}, {stroke, layout.size.height}}
                                                 : Rect{{0, at}, {layout.size.width, stroke}};
      shapes.add<Fill>(line, grid_line);
    }
  }
}

double tick_length(int quarters_from_line) {
  if (quarters_from_line % 4 == 0) return 0.18;
  return quarters_from_line % 2 == 0 ? 0.12 : 0.07;
}

void add_tick(ShapeList& shapes, const Layout& layout, Axis axis, int at, int stroke, int length) {
  if (axis == Axis::horizontal) {
    shapes.add<Fill>(Rect{{at, 1}, {stroke, length}}, quiet_ink);
    shapes.add<Fill>(Rect{{at, layout.size.height - 1 - length}, {stroke, length}}, quiet_ink);
  } else {
    shapes.add<Fill>(Rect{{1, at}, {length, stroke}}, quiet_ink);
    shapes.add<Fill>(Rect{{layout.size.width - 1 - length, at}, {length, stroke}}, quiet_ink);
  }
}

void add_ruler(ShapeList& shapes, const Layout& layout, Axis axis) {
  const int stroke = layout.stroke(1.0 / 120, 1);
  const int phase = first_line(layout, axis) > 0 ? 2 : 0;  // quarters from the middle to a line
  const double last = half_extent(layout, axis) - free_of_corner;
  for (int quarter = 0; quarter / 4.0 < last; ++quarter) {
    const auto [right, left] = mirrored(layout, axis, quarter / 4.0, stroke);
    const int length = layout.pixels(tick_length(quarter + phase));
    add_tick(shapes, layout, axis, left, stroke, length);
    add_tick(shapes, layout, axis, right, stroke, length);
  }
}

enum class Towards { left, up, right, down };

bool vertical(Towards towards) {
  return towards == Towards::up || towards == Towards::down;
}

/// A right-angled triangle, `depth` from its tip to its base; the tip is one pixel wide on an odd
/// side of the screen and two on an even one, so that it is exactly in the middle.
std::shared_ptr<const Mask> arrow(Towards towards, int depth, int base) {
  auto mask = std::make_shared<Mask>(vertical(towards) ? Size{base, depth} : Size{depth, base});
  for (int d = 0; d < depth; ++d) {
    const bool flipped = towards == Towards::down || towards == Towards::right;
    const int line = flipped ? depth - 1 - d : d;  // d pixels away from the tip
    for (int i = depth - 1 - d; i < base - (depth - 1 - d); ++i) {
      const Point at = vertical(towards) ? Point{i, line} : Point{line, i};
      mask->row(at.y)[static_cast<std::size_t>(at.x)] = 255;
    }
  }
  return mask;
}

void add_arrows(ShapeList& shapes, const Layout& layout) {
  const auto [width, height] = layout.size;
  const int depth = layout.pixels(0.2);
  const int base_x = 2 * depth - width % 2;
  const int base_y = 2 * depth - height % 2;
  const Point middle{(width - base_x) / 2, (height - base_y) / 2};
  shapes.add<Stamp>(Point{middle.x, 1}, arrow(Towards::up, depth, base_x), white);
  shapes.add<Stamp>(Point{middle.x, height - 1 - depth}, arrow(Towards::down, depth, base_x),
                    white);
  shapes.add<Stamp>(Point{1, middle.y}, arrow(Towards::left, depth, base_y), white);
  shapes.add<Stamp>(Point{width - 1 - depth, middle.y}, arrow(Towards::right, depth, base_y),
                    white);
}

void add_brackets(ShapeList& shapes, const Layout& layout) {
  const auto [width, height] = layout.size;
  const int length = layout.pixels(bracket_length);
  const int stroke = layout.stroke(1.0 / 24, 2);
  for (const int x : {0, width - length}) {
    for (const int y : {0, height - stroke}) {
      shapes.add<Fill>(Rect{{x, y}, {length, stroke}}, white);
    }
  }
  for (const int x : {0, width - stroke}) {
    for (const int y : {0, height - length}) {
      shapes.add<Fill>(Rect{{x, y}, {stroke, length}}, white);
    }
  }
}

/// Text in the corner of the screen that `corner` is, on a ground that keeps the grid off it.
void add_coordinate(ShapeList& shapes, const Layout& layout, Point corner) {
  const int height = layout.pixels(coordinate_height);
  const int inset = layout.pixels(coordinate_inset);
  if (height < smallest_text) return;
  const std::string text = fmt::format("{},{}", corner.x, corner.y);
  const int width = shared_font().text_width(text, height);
  const Point at{corner.x == 0 ? inset : layout.size.width - inset - width,
                 corner.y == 0 ? inset : layout.size.height - inset - height};
  const Rect area{at, {width, height}};
  shapes.add<Fill>(area, backdrop);
  add_text(shapes, text, area, height, quiet_ink);
}

/// The coordinates of the corner pixels, so that a screenshot or a photo tells what was cropped.
void add_coordinates(ShapeList& shapes, const Layout& layout) {
  for (const int x : {0, layout.size.width - 1}) {
    for (const int y : {0, layout.size.height - 1}) add_coordinate(shapes, layout, {x, y});
  }
}

}  // namespace

void add_backdrop(ShapeList& shapes, const Layout& layout) {
  for (const Axis axis : {Axis::horizontal, Axis::vertical}) {
    add_grid(shapes, layout, axis);
    add_ruler(shapes, layout, axis);
  }
}

void add_edges(ShapeList& shapes, const Layout& layout) {
  add_brackets(shapes, layout);
  add_arrows(shapes, layout);
  add_coordinates(shapes, layout);
  add_frame(shapes, Rect{{}, layout.size}, 1, white);
}

}  // namespace drmshow::card
