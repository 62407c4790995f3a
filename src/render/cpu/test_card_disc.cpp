// The card's disc. From the top: wordmark, resolution, colour bars, the plaque between primaries
// and secondaries, gray steps, smooth ramps, and the levels next to black and white.
#include <fmt/format.h>

#include <array>

#include "render/cpu/pattern_text.hpp"
#include "render/cpu/test_card_parts.hpp"

namespace drmshow::card {
namespace {

// All in units from the middle of the screen.
constexpr double edge = circle_radius;
constexpr double plaque_x = 3;
constexpr double plaque_y = 1;
constexpr double gap = 0.08;

constexpr unsigned bar = 191;  // 75 % of 255, as in the EBU bars
constexpr Pixel bars[] = {rgb(bar, bar, bar), rgb(bar, bar, 0), rgb(0, bar, bar), rgb(0, bar, 0),
                          rgb(bar, 0, bar),   rgb(bar, 0, 0),   rgb(0, 0, bar),   black};
constexpr Pixel primaries[] = {rgb(255, 0, 0), rgb(0, 255, 0), rgb(0, 0, 255)};
constexpr Pixel secondaries[] = {rgb(0, 255, 255), rgb(255, 0, 255), rgb(255, 255, 0)};

void add_wordmark(ShapeList& shapes, const Layout& layout) {
  constexpr std::string_view whole = "drm-show";
  const Rect line = layout.rect(-plaque_x, -3.72, plaque_x, -3.12);
  add_text(shapes, whole, line, line.height, ink);
  // The hyphen once more, in the card's one accent colour; spaces keep it in its place.
  add_text(shapes, "   -    ", line, line.height, accent);
}

// Vertical lines of 3, 2 and 1 pixels, single pixels, horizontal lines of 1, 2 and 3 pixels.
void add_resolution(ShapeList& shapes, const Layout& layout) {
  constexpr double top = -3 + gap;
  constexpr double bottom = -2.16;
  constexpr double half = 0.5 - gap / 2;
  for (int i = 1; i <= 3; ++i) {
    shapes.add<Stripes>(layout.rect(-i - half, top, -i + half, bottom), Axis::horizontal, i, white,
                        black);
    shapes.add<Stripes>(layout.rect(i - half, top, i + half, bottom), Axis::vertical, i, white,
                        black);
  }
  const Rect middle = layout.rect(-half, top, half, bottom);
  shapes.add<Checker>(middle, 1, Point{middle.x, middle.y}, white, black);
}

void add_bars(ShapeList& shapes, const Layout& layout) {
  add_columns(shapes, layout.rect(-edge, -2.16 + gap, edge, -plaque_y - gap), bars);
}

void add_stack(ShapeList& shapes, Rect area, std::span<const Pixel> colours) {
  const int count = static_cast<int>(colours.size());
  for (int i = 0; i < count; ++i) {
    shapes.add<Fill>(rect_between(area.x, area.y + fraction(area.height, i, count), area.right(),
                                  area.y + fraction(area.height, i + 1, count)),
                     colours[static_cast<std::size_t>(i)]);
  }
}

void add_plaque(ShapeList& shapes, const Layout& layout) {
  add_stack(shapes, layout.rect(-edge, -plaque_y, -plaque_x - gap, plaque_y), primaries);
  add_stack(shapes, layout.rect(plaque_x + gap, -plaque_y, edge, plaque_y), secondaries);
  shapes.add<Fill>(layout.rect(-plaque_x, -plaque_y, plaque_x, plaque_y), panel);
  const Rect size_line = layout.rect(-plaque_x, -0.6, plaque_x, 0.2);
  const Rect name_line = layout.rect(-plaque_x, 0.28, plaque_x, 0.6);
  add_text(shapes, fmt::format("{} \u00d7 {}", layout.size.width, layout.size.height), size_line,
           size_line.height, ink);
  add_text(shapes, "test card", name_line, name_line.height, quiet_ink);
}

// Sixteen steps, 0 to 255 by 17; the outermost run on to the circle.
void add_steps(ShapeList& shapes, const Layout& layout) {
  constexpr int steps = 16;
  const Rect whole = layout.rect(-edge, plaque_y + gap, edge, 1.86);
  const Rect inner = layout.rect(-3.5, plaque_y + gap, 3.5, 1.86);
  std::array<Pixel, steps> levels{};
  for (unsigned i = 0; i < steps; ++i) levels[i] = gray(i * 17);
  shapes.add<Fill>(rect_between(whole.x, whole.y, inner.x, whole.bottom()), black);
  shapes.add<Fill>(rect_between(inner.right(), whole.y, whole.right(), whole.bottom()), white);
  add_columns(shapes, inner, levels);
}

// Smooth ramps: steps that can be seen here are banding.
void add_ramps(ShapeList& shapes, const Layout& layout) {
  constexpr double gray_top = 1.86 + gap;
  constexpr double gray_bottom = 2.44;
  const Rect whole = layout.rect(-edge, gray_top, edge, gray_bottom);
  const Rect inner = layout.rect(-3.1, gray_top, 3.1, gray_bottom);
  shapes.add<Fill>(rect_between(inner.right(), whole.y, whole.right(), whole.bottom()), white);
  shapes.add<Fill>(rect_between(whole.x, whole.y, inner.x, whole.bottom()), black);
  shapes.add<Ramp>(inner, Axis::horizontal, black, white);
  const Rect colours = layout.rect(-2.7, gray_bottom + gap, 2.7, 3 - gap);
  const Rect to_edge = layout.rect(-edge, gray_bottom + gap, edge, 3 - gap);
  shapes.add<Fill>(to_edge, black);
  shapes.add<Fill>(rect_between(colours.right(), to_edge.y, to_edge.right(), to_edge.bottom()),
                   primaries[2]);
  for (int i = 0; i < 3; ++i) {
    const int left = colours.x + fraction(colours.width, i, 3);
    const int right = colours.x + fraction(colours.width, i + 1, 3);
    shapes.add<Ramp>(rect_between(left, colours.y, right, colours.bottom()), Axis::horizontal,
                     black, primaries[i]);
  }
}

/// Three bars of `levels` on a ground of `base`.
void add_pluge(ShapeList& shapes, Rect area, unsigned base, const std::array<unsigned, 3>& levels) {
  shapes.add<Fill>(area, gray(base));
  const int inset = area.height / 5;
  for (int i = 0; i < 3; ++i) {
    const int left = area.x + fraction(area.width, 2 * i + 1, 7);
    const int right = area.x + fraction(area.width, 2 * i + 2, 7);
    shapes.add<Fill>(rect_between(left, area.y + inset, right, area.bottom() - inset),
                     gray(levels[static_cast<std::size_t>(i)]));
  }
}

}  // namespace

Rect plaque(const Layout& layout) {
  return layout.rect(-plaque_x, -plaque_y, plaque_x, plaque_y);
}

void add_disc(ShapeList& shapes, const Layout& layout) {
  ShapeList inside;
  inside.add<Fill>(layout.rect(-edge, -edge, edge, edge), panel);
  add_wordmark(inside, layout);
  add_resolution(inside, layout);
  add_bars(inside, layout);
  add_plaque(inside, layout);
  add_steps(inside, layout);
  add_ramps(inside, layout);
  add_pluge(inside, layout.rect(-1.5, 3 + gap, 0, 3.56), 0, {4, 8, 16});
  add_pluge(inside, layout.rect(0, 3 + gap, 1.5, 3.56), 255, {239, 247, 251});
  shapes.add<InsideCircle>(layout.circle(), std::move(inside));
  shapes.add<Ring>(layout.circle(), layout.stroke(1.0 / 40, 2), white);
}

}  // namespace drmshow::card
