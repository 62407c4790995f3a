#include "render/cpu/capsule.hpp"

#include <algorithm>
#include <cmath>

namespace drmshow {
namespace {

constexpr double smoothing = 0.5;  // pixels of soft edge on either side of the outline

struct Extent {
  double left, right;
};

/// From which x to which the capsule's line comes within `reach` of line `y` vertically; the wrong
/// way round if nowhere.
Extent extent_near(const Capsule& c, double y, double reach) {
  if (std::min(c.y1, c.y2) > y + reach || std::max(c.y1, c.y2) < y - reach) return {1, 0};
  const double rise = c.y2 - c.y1;
  if (rise == 0) return {std::min(c.x1, c.x2), std::max(c.x1, c.x2)};
  const auto x_at = [&](double line) {
    return c.x1 + (c.x2 - c.x1) * std::clamp((line - c.y1) / rise, 0.0, 1.0);
  };
  const auto [left, right] = std::minmax({x_at(y - reach), x_at(y + reach)});
  return {left, right};
}

double distance_to(const Capsule& c, double x, double y) {
  const double dx = c.x2 - c.x1;
  const double dy = c.y2 - c.y1;
  const double length = dx * dx + dy * dy;
  const double along =
      length == 0 ? 0 : std::clamp(((x - c.x1) * dx + (y - c.y1) * dy) / length, 0.0, 1.0);
  const double to_x = x - (c.x1 + along * dx);
  const double to_y = y - (c.y1 + along * dy);
  return std::sqrt(to_x * to_x + to_y * to_y);
}

}  // namespace

Rect bounds(const Capsule& c) {
  const double reach = c.radius + smoothing;
  const Point at{static_cast<int>(std::floor(std::min(c.x1, c.x2) - reach)),
                 static_cast<int>(std::floor(std::min(c.y1, c.y2) - reach))};
  return {at,
          {static_cast<int>(std::ceil(std::max(c.x1, c.x2) + reach)) + 1 - at.x,
           static_cast<int>(std::ceil(std::max(c.y1, c.y2) + reach)) + 1 - at.y}};
}

void draw_capsule(const Capsule& c, Pixel colour, int y, RowClip row) {
  const double reach = c.radius + smoothing;
  const auto [left, right] = extent_near(c, y, reach);
  if (left > right) return;
  const int end = std::min(static_cast<int>(std::ceil(right + reach)) + 1, row.right());
  for (int x = std::max(static_cast<int>(std::floor(left - reach)), row.left()); x < end; ++x) {
    const double covered = std::clamp(reach - distance_to(c, x, y), 0.0, 1.0);
    row.blend(x, colour, static_cast<unsigned>(std::lround(255 * covered)));
  }
}

}  // namespace drmshow
