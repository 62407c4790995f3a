#include "render/cpu/clock_dial.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>
#include <utility>

#include "render/cpu/pattern_shapes.hpp"
#include "render/cpu/periodic.hpp"

namespace drmshow::clock_dial {
namespace {

constexpr Pixel clock_background = rgb(12, 16, 22);
constexpr Pixel dial_colour = rgb(20, 26, 35);
constexpr Pixel rim_colour = rgb(70, 88, 112);
constexpr Pixel minute_mark = rgb(110, 128, 152);
constexpr Pixel hour_mark = rgb(228, 233, 240);
constexpr Pixel hand_colour = rgb(228, 233, 240);
constexpr Pixel second_colour = rgb(255, 183, 28);

/// From `from` to `to` radii away from the middle; `turns` clockwise from the top.
Capsule spoke(const Layout& layout, double turns, double from, double to, double half_width) {
  const double angle = 2 * std::numbers::pi * turns;
  const double right = std::sin(angle) * layout.radius;
  const double up = std::cos(angle) * layout.radius;
  return {layout.x + from * right, layout.y - from * up, layout.x + to * right, layout.y - to * up,
          std::max(half_width * layout.radius, 0.5)};
}

/// How much of `period` has passed at `time`.
double share(Nanoseconds period, Nanoseconds time) {
  return static_cast<double>(within(period, time).count()) / static_cast<double>(period.count());
}

void add_marks(ShapeList& shapes, const Layout& layout) {
  constexpr double fewest_pixels = 40;  // of radius: with less, sixty marks would be a blur
  for (int minute = 0; minute < 60; ++minute) {
    const bool hour = minute % 5 == 0;
    if (!hour && layout.radius < fewest_pixels) continue;
    const double from = minute % 15 == 0 ? 0.80 : hour ? 0.84 : 0.90;
    shapes.add<CapsuleShape>(spoke(layout, minute / 60.0, from, 0.93, hour ? 0.014 : 0.005),
                             hour ? hour_mark : minute_mark);
  }
}

}  // namespace

Layout layout_on(Size screen) {
  const double radius = std::min(screen.height * 0.33, screen.width * 0.44);
  const int digits = std::min(screen.height / 8, screen.width / 8);
  const int small = digits / 2;
  const int below = static_cast<int>(screen.height * 0.76);
  return {(screen.width - 1) / 2.0, screen.height * 0.39 - 0.5, radius,
          Rect{{0, below}, {screen.width, digits}},
          Rect{{0, below + digits}, {screen.width, small}}};
}

ShapeScene scene(Size screen, const Layout& layout) {
  const Circle circle{{screen.width - 1, static_cast<int>(std::lround(2 * layout.y))},
                      layout.radius};
  ShapeList disc;
  disc.add<Fill>(Rect{{0, 0}, screen}, dial_colour);
  ShapeList shapes;
  shapes.add<InsideCircle>(circle, std::move(disc));
  shapes.add<Ring>(circle, std::max(layout.radius * 0.018, 1.0), rim_colour);
  add_marks(shapes, layout);
  return ShapeScene{screen, clock_background, std::move(shapes)};
}

Hands hands_at(const Layout& layout, Nanoseconds time_of_day) {
  using namespace std::chrono_literals;
  const Nanoseconds stepped = std::chrono::floor<std::chrono::seconds>(time_of_day);
  const double seconds = share(1min, time_of_day);
  return {{{spoke(layout, share(12h, stepped), 0, 0.50, 0.030), hand_colour},
           {spoke(layout, share(1h, stepped), 0, 0.76, 0.022), hand_colour},
           {spoke(layout, seconds, -0.18, 0.88, 0.008), second_colour},
           {spoke(layout, 0, 0, 0, 0.045), second_colour}}};
}

}  // namespace drmshow::clock_dial
