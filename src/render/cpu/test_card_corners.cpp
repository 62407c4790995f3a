// What surrounds the card's disc: stars for focus and convergence, and two panels.
#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <optional>

#include "render/cpu/test_card_parts.hpp"

namespace drmshow::card {
namespace {

constexpr int spoke_pairs = 24;       // even: then the star is symmetric
constexpr double hub = 0.14;          // of the radius: within, spokes would be finer than pixels
constexpr double star_inset = 1.5;    // units, from the edges to a star's middle
constexpr double largest_star = 0.9;  // units, radius
constexpr double smallest_star = 0.35;
constexpr double clearance = 0.3;  // units, between neighbours
constexpr double panel_inset = star_inset - largest_star;
constexpr double panel_half_length = 1.5;
constexpr double widest_panel = 2 * largest_star;
constexpr double narrowest_panel = 0.6;

/// White spokes on nothing, smoothed along the arc; `dx` and `dy` in pixels from the middle.
double spoke_coverage(double dx, double dy, double radius) {
  const double distance = std::hypot(dx, dy);
  if (distance < hub * radius || distance > radius) return 0;
  const double sector = std::numbers::pi / spoke_pairs;
  const double place = std::atan2(dy, dx) / sector + 0.5;
  const double within = place - std::floor(place);
  const double to_border = std::min(within, 1 - within) * sector * distance;
  const double depth = std::min(to_border, 0.5);
  const bool lit = std::lround(std::floor(place)) % 2 == 0;
  return lit ? 0.5 + depth : 0.5 - depth;
}

/// One quarter is computed, the others are its mirror images.
std::shared_ptr<const Mask> star(int diameter) {
  auto mask = std::make_shared<Mask>(Size{diameter, diameter});
  for (int y = 0; y <= (diameter - 1) / 2; ++y) {
    for (int x = 0; x <= (diameter - 1) / 2; ++x) {
      const double dx = (diameter - 1) / 2.0 - x;
      const double dy = (diameter - 1) / 2.0 - y;
      const auto value =
          static_cast<std::uint8_t>(std::lround(255 * spoke_coverage(dx, dy, diameter / 2.0)));
      for (const int row : {y, diameter - 1 - y}) {
        mask->row(row)[static_cast<std::size_t>(x)] = value;
        mask->row(row)[static_cast<std::size_t>(diameter - 1 - x)] = value;
      }
    }
  }
  return mask;
}

/// In units; none where the disc leaves no room.
std::optional<double> star_radius(const Layout& layout) {
  const double to_disc =
      std::hypot(layout.half_width() - star_inset, layout.half_height() - star_inset) -
      circle_radius - clearance;
  const double radius = std::min(to_disc, largest_star);
  return radius < smallest_star ? std::nullopt : std::optional{radius};
}

void add_star(ShapeList& shapes, const Layout& layout, Rect area,
              const std::shared_ptr<const Mask>& mask) {
  const Circle outline{centre_halves(area), area.width / 2.0};
  ShapeList inside;
  inside.add<Fill>(area, panel);
  inside.add<Stamp>(Point{area.x, area.y}, mask, ink);
  shapes.add<InsideCircle>(outline, std::move(inside));
  shapes.add<Ring>(outline, layout.stroke(1.0 / 40, 2), white);
}

void add_stars(ShapeList& shapes, const Layout& layout, double radius) {
  const int diameter = 2 * layout.pixels(radius);
  const auto mask = star(diameter);
  const int inset = layout.pixels(star_inset) - diameter / 2;
  for (const int x : {inset, layout.size.width - inset - diameter}) {
    for (const int y : {inset, layout.size.height - inset - diameter}) {
      add_star(shapes, layout, Rect{{x, y}, {diameter, diameter}}, mask);
    }
  }
}

/// Part `i` of `count` of an area along `axis`, with gaps between.
Rect slice(Rect area, Axis axis, int i, int count, int gap) {
  const bool horizontal = axis == Axis::horizontal;
  const int length = (horizontal ? area.width : area.height) + gap;
  const int from = fraction(length, i, count);
  const int to = fraction(length, i + 1, count) - gap;
  return horizontal ? rect_between(area.x + from, area.y, area.x + to, area.bottom())
                    : rect_between(area.x, area.y + from, area.right(), area.y + to);
}

struct Panel {
  Rect area;
  Axis along;   // its longer side
  Axis across;  // the other
  int gap;
};

/// Three ramps next to each other along the panel: red, green, blue. Darkness is low or left.
void add_colour_ramps(ShapeList& shapes, const Panel& panel) {
  constexpr Pixel colours[] = {rgb(255, 0, 0), rgb(0, 255, 0), rgb(0, 0, 255)};
  for (int i = 0; i < 3; ++i) {
    const Rect strip = slice(panel.area, panel.across, i, 3, panel.gap);
    const bool upright = panel.along == Axis::vertical;
    shapes.add<Ramp>(strip, panel.along, upright ? colours[i] : black,
                     upright ? black : colours[i]);
  }
}

/// Vertical and horizontal lines next to each other, 1, 2 and 3 pixels wide.
void add_line_pairs(ShapeList& shapes, const Panel& panel) {
  for (int i = 0; i < 3; ++i) {
    const Rect part = slice(panel.area, panel.along, i, 3, panel.gap);
    shapes.add<Stripes>(slice(part, panel.across, 0, 2, panel.gap), Axis::horizontal, i + 1, white,
                        black);
    shapes.add<Stripes>(slice(part, panel.across, 1, 2, panel.gap), Axis::vertical, i + 1, white,
                        black);
  }
}

/// Beside the disc on a wide screen, above and below it on a tall one.
void add_panels(ShapeList& shapes, const Layout& layout) {
  const double half = std::max(layout.half_width(), layout.half_height());
  const double width = std::min(half - circle_radius - clearance - panel_inset, widest_panel);
  if (width < narrowest_panel) return;
  const double far = half - panel_inset;
  const double near = far - width;
  const double side = panel_half_length;
  const int gap = layout.pixels(0.08);
  if (layout.portrait()) {
    const Axis along = Axis::horizontal;
    add_colour_ramps(shapes, {layout.rect(-side, -far, side, -near), along, Axis::vertical, gap});
    add_line_pairs(shapes, {layout.rect(-side, near, side, far), along, Axis::vertical, gap});
  } else {
    const Axis along = Axis::vertical;
    add_colour_ramps(shapes, {layout.rect(-far, -side, -near, side), along, Axis::horizontal, gap});
    add_line_pairs(shapes, {layout.rect(near, -side, far, side), along, Axis::horizontal, gap});
  }
}

}  // namespace

void add_surroundings(ShapeList& shapes, const Layout& layout) {
  if (const auto radius = star_radius(layout)) add_stars(shapes, layout, *radius);
  add_panels(shapes, layout);
}

}  // namespace drmshow::card
