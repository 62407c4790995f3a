// Strokes against what they mean: the distance of each pixel to the line.
#include "render/cpu/capsule.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace drmshow::testing {
namespace {

constexpr int canvas = 60;  // pixels, either way

/// By trying points on the line.
double nearest(const Capsule& c, int x, int y) {
  constexpr int tries = 4000;
  double least = 1e9;
  for (int i = 0; i <= tries; ++i) {
    const double along = static_cast<double>(i) / tries;
    least = std::min(
        least, std::hypot(c.x1 + (c.x2 - c.x1) * along - x, c.y1 + (c.y2 - c.y1) * along - y));
  }
  return least;
}

bool inside(Rect area, int x, int y) {
  return x >= area.x && x < area.right() && y >= area.y && y < area.bottom();
}

void expect_right(const Capsule& c) {
  for (int y = 0; y < canvas; ++y) {
    std::vector<Pixel> row(canvas, rgb(0, 0, 0));
    draw_capsule(c, rgb(255, 255, 255), y, RowClip{row});
    for (int x = 0; x < canvas; ++x) {
      const int level = static_cast<int>(row[static_cast<std::size_t>(x)] & 0xff);
      const double covered = std::clamp(c.radius + 0.5 - nearest(c, x, y), 0.0, 1.0);
      ASSERT_NEAR(level, 255 * covered, 3) << x << ',' << y;
      ASSERT_TRUE(level == 0 || inside(bounds(c), x, y)) << x << ',' << y;
    }
  }
}

TEST(Capsule, CoversWhatIsNearItsLine) {
  std::mt19937 random{31};
  const auto place = [&] { return static_cast<double>(random() % 7000) / 100 - 5; };
  for (int i = 0; i < 12; ++i) {
    expect_right(
        {place(), place(), place(), place(), 0.5 + static_cast<double>(random() % 60) / 10});
  }
  expect_right({10, 20, 50, 20, 3});
  expect_right({20, 50, 20, 10, 0.5});
  expect_right({30, 30, 30, 30, 12.25});
}

}  // namespace
}  // namespace drmshow::testing
