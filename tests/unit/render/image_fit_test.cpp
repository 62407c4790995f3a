#include <cmath>
#include <ostream>

#include <gtest/gtest.h>

#include "render/cpu/fit.hpp"

namespace drmshow {

std::ostream& operator<<(std::ostream& out, Size size) {
  return out << size.width << "x" << size.height;
}
std::ostream& operator<<(std::ostream& out, const Rect& rect) {
  return out << rect.size() << "+" << rect.x << "+" << rect.y;
}
std::ostream& operator<<(std::ostream& out, const SourceRect& rect) {
  return out << rect.width << "x" << rect.height << "+" << rect.x << "+" << rect.y;
}

namespace {

constexpr Size kFullHd{1920, 1080};

struct FitCase {
  Fit fit;
  Size image;
  Size screen;
  SourceRect source;
  Rect destination;
};

const FitCase kCases[] = {
    // The same size and the same shape fill the screen to the pixel.
    {Fit::contain, kFullHd, kFullHd, {0, 0, 1920, 1080}, {{0, 0}, kFullHd}},
    {Fit::contain, {16, 9}, kFullHd, {0, 0, 16, 9}, {{0, 0}, kFullHd}},
    {Fit::contain, {3840, 2160}, kFullHd, {0, 0, 3840, 2160}, {{0, 0}, kFullHd}},
    {Fit::cover, {16, 9}, kFullHd, {0, 0, 16, 9}, {{0, 0}, kFullHd}},
    {Fit::contain, {1366, 768}, {683, 384}, {0, 0, 1366, 768}, {{0, 0}, {683, 384}}},
    // Beside and above.
    {Fit::contain, {4000, 3000}, kFullHd, {0, 0, 4000, 3000}, {{240, 0}, {1440, 1080}}},
    {Fit::contain, {3000, 4000}, kFullHd, {0, 0, 3000, 4000}, {{555, 0}, {810, 1080}}},
    {Fit::contain, {1000, 100}, kFullHd, {0, 0, 1000, 100}, {{0, 444}, {1920, 192}}},
    {Fit::cover, {4000, 3000}, kFullHd, {0, 375, 4000, 2250}, {{0, 0}, kFullHd}},
    {Fit::cover, {1000, 1080}, {500, 1080}, {250, 0, 500, 1080}, {{0, 0}, {500, 1080}}},
    {Fit::stretch, {3, 5}, kFullHd, {0, 0, 3, 5}, {{0, 0}, kFullHd}},
    // One pixel, and shapes that would round to nothing.
    {Fit::contain, {1, 1}, kFullHd, {0, 0, 1, 1}, {{420, 0}, {1080, 1080}}},
    {Fit::contain, {16384, 1}, kFullHd, {0, 0, 16384, 1}, {{0, 539}, {1920, 1}}},
    {Fit::contain, {1, 16384}, kFullHd, {0, 0, 1, 16384}, {{959, 0}, {1, 1080}}},
    {Fit::contain, {16384, 16384}, {1, 1}, {0, 0, 16384, 16384}, {{0, 0}, {1, 1}}},
    {Fit::cover, {16384, 1}, {1080, 1080}, {8191.5, 0, 1, 1}, {{0, 0}, {1080, 1080}}},
    // Unscaled: odd leftovers go right and below.
    {Fit::none, {10, 10}, {15, 14}, {0, 0, 10, 10}, {{2, 2}, {10, 10}}},
    {Fit::none, {15, 14}, {10, 10}, {2, 2, 10, 10}, {{0, 0}, {10, 10}}},
    {Fit::none, {100, 2}, {10, 10}, {45, 0, 10, 2}, {{0, 4}, {10, 2}}},
};

TEST(Fit, Table) {
  for (const FitCase& c : kCases) {
    const Placement placement = place(c.fit, c.image, c.screen);
    EXPECT_EQ(placement.source, c.source) << c.image << " on " << c.screen;
    EXPECT_EQ(placement.destination, c.destination) << c.image << " on " << c.screen;
  }
}

bool is_centred(int before, int after) {
  return after - before == 0 || after - before == 1;
}

void check_inside(const Placement& placement, Size image, Size screen) {
  const auto& [source, to] = placement;
  ASSERT_TRUE(source.x >= 0 && source.y >= 0 && source.width > 0 && source.height > 0);
  ASSERT_LE(source.x + source.width, image.width + 1e-9);
  ASSERT_LE(source.y + source.height, image.height + 1e-9);
  ASSERT_TRUE(to.x >= 0 && to.y >= 0 && !to.size().empty());
  ASSERT_TRUE(to.right() <= screen.width && to.bottom() <= screen.height);
  ASSERT_TRUE(is_centred(to.x, screen.width - to.right()));
  ASSERT_TRUE(is_centred(to.y, screen.height - to.bottom()));
}

void check_contain(const Placement& placement, Size image, Size screen) {
  const Rect& to = placement.destination;
  ASSERT_TRUE(to.width == screen.width || to.height == screen.height);
  // The other side is the exact one, rounded, and at least 1.
  const double exact_height = static_cast<double>(to.width) * image.height / image.width;
  const double exact_width = static_cast<double>(to.height) * image.width / image.height;
  ASSERT_TRUE(std::abs(to.height - std::max(1.0, exact_height)) <= 0.5 ||
              std::abs(to.width - std::max(1.0, exact_width)) <= 0.5);
}

void check_cover(const Placement& placement, Size image, Size screen) {
  const auto& [source, to] = placement;
  ASSERT_EQ(to.size(), screen);
  ASSERT_TRUE(source.width == image.width || source.height == image.height);
  // The same factor both ways.
  ASSERT_NEAR(screen.width / source.width, screen.height / source.height, 1e-9);
}

TEST(Fit, HoldsForEverySmallSize) {
  constexpr int kMost = 9;
  constexpr int kAll = kMost * kMost * kMost * kMost;
  for (int i = 0; i < kAll; ++i) {
    const Size image{1 + i % kMost, 1 + i / kMost % kMost};
    const Size screen{1 + i / (kMost * kMost) % kMost, 1 + i / (kMost * kMost * kMost)};
    SCOPED_TRACE(testing::Message() << image << " on " << screen);
    for (const Fit fit : {Fit::contain, Fit::cover, Fit::stretch, Fit::none})
      ASSERT_NO_FATAL_FAILURE(check_inside(place(fit, image, screen), image, screen));
    ASSERT_NO_FATAL_FAILURE(check_contain(place(Fit::contain, image, screen), image, screen));
    ASSERT_NO_FATAL_FAILURE(check_cover(place(Fit::cover, image, screen), image, screen));
  }
}

}  // namespace
}  // namespace drmshow
