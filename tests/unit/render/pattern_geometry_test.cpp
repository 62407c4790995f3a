// Squares are square, circles round, edges in place, ramps exact.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "pattern_testing.hpp"
#include "render/cpu/pattern_shapes.hpp"
#include "render/cpu/test_card_layout.hpp"

namespace drmshow::testing {
namespace {

int red(Pixel pixel) {
  return static_cast<int>(pixel >> 16 & 0xff);
}

class Edges : public ::testing::TestWithParam<std::tuple<std::string, Size>> {};

TEST_P(Edges, AreWhiteToTheLastPixel) {
  const auto& [name, size] = GetParam();
  const Image image{name, size};
  for (int x = 0; x < size.width; ++x) {
    ASSERT_EQ(image.at(x, 0), white) << x;
    ASSERT_EQ(image.at(x, size.height - 1), white) << x;
  }
  for (int y = 0; y < size.height; ++y) {
    ASSERT_EQ(image.at(0, y), white) << y;
    ASSERT_EQ(image.at(size.width - 1, y), white) << y;
  }
}

INSTANTIATE_TEST_SUITE_P(Patterns, Edges,
                         ::testing::Combine(::testing::Values("grid", "card"),
                                            ::testing::ValuesIn(awkward_sizes)));

class Mirrored : public ::testing::TestWithParam<std::tuple<std::string, Size>> {};

TEST_P(Mirrored, LeftToRightAndTopToBottom) {
  const auto& [name, size] = GetParam();
  const Image image{name, size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      ASSERT_EQ(image.at(x, y), image.at(size.width - 1 - x, y)) << x << ',' << y;
      ASSERT_EQ(image.at(x, y), image.at(x, size.height - 1 - y)) << x << ',' << y;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Patterns, Mirrored,
                         ::testing::Combine(::testing::Values("grid", "zone-plate"),
                                            ::testing::Values(Size{5, 3}, Size{160, 90},
                                                              Size{161, 91}, Size{160, 91},
                                                              Size{91, 160})));

/// Lengths of the runs of equal pixels along a line of the checkerboard.
std::vector<int> runs(const Image& image, Axis axis) {
  std::vector<int> lengths{1};
  const int length = axis == Axis::horizontal ? image.width() : image.height();
  const auto at = [&](int i) { return axis == Axis::horizontal ? image.at(i, 0) : image.at(0, i); };
  for (int i = 1; i < length; ++i) {
    if (at(i) == at(i - 1))
      ++lengths.back();
    else
      lengths.push_back(1);
  }
  return lengths;
}

TEST(Checker, HasEqualSquaresCutEquallyAtTheEdges) {
  for (const Size size : {Size{640, 480}, {1366, 768}, {1080, 1920}, {641, 479}, {100, 37}}) {
    const Image image{"checker", size};
    const auto across = runs(image, Axis::horizontal);
    const auto down = runs(image, Axis::vertical);
    const int cell = across[1];
    for (const auto& lengths : {across, down}) {
      EXPECT_TRUE(std::all_of(lengths.begin() + 1, lengths.end() - 1,
                              [=](int run) { return run == cell; }));
      EXPECT_LE(std::abs(lengths.front() % cell - lengths.back() % cell), 1);  // 0: a whole one
      EXPECT_LE(lengths.front(), cell);
    }
  }
}

TEST(Checker, FillsCommonModesWithWholeSquares) {
  for (const Size size : {Size{1920, 1080}, {3840, 2160}, {640, 480}, {1280, 1024}}) {
    const auto across = runs(Image{"checker", size}, Axis::horizontal);
    EXPECT_EQ(across.front(), across[1]);
    EXPECT_EQ(across.back(), across[1]);
  }
}

TEST(Pixels, AreReversedInTheCentre) {
  const Image image{"pixels", {64, 48}};
  EXPECT_EQ(image.at(0, 0), white);
  EXPECT_EQ(image.at(1, 0), black);
  EXPECT_EQ(image.at(0, 1), black);
  EXPECT_EQ(image.at(63, 47), white);
  EXPECT_EQ(image.at(32, 24), black);
  EXPECT_EQ(image.at(33, 24), white);
}

TEST(Gradient, RunsFromExactly0ToExactly255) {
  for (const int width : {2, 3, 17, 255, 256, 640, 1366, 3840}) {
    const Image image{"gradient", {width, 5}};
    const Pixel ends[] = {white, rgb(255, 0, 0), rgb(0, 255, 0), rgb(0, 0, 255)};
    for (int y = 0; y < 4; ++y) {
      EXPECT_EQ(image.at(0, y), black);
      EXPECT_EQ(image.at(width - 1, y), ends[y]);
    }
    for (int x = 1; x < width; ++x) ASSERT_GE(image.at(x, 0), image.at(x - 1, 0));
  }
}

TEST(Gradient, HasEveryLevelOnceAt256) {
  const Image image{"gradient", {256, 5}};
  for (int x = 0; x < 256; ++x) ASSERT_EQ(red(image.at(x, 0)), x);
}

TEST(Gradient, HasThirtyTwoSteps) {
  const Image image{"gradient", {640, 5}};
  for (int i = 0; i < 32; ++i) {
    EXPECT_EQ(image.at(20 * i, 4), image.at(20 * i + 19, 4));
    EXPECT_EQ(red(image.at(20 * i, 4)), 255 * i / 31);
  }
}

/// First and last lit pixel on the line through the middle.
std::pair<int, int> extent(const Image& image, Axis axis) {
  const int length = axis == Axis::horizontal ? image.width() : image.height();
  const auto lit = [&](int i) {
    return (axis == Axis::horizontal ? image.at(i, image.height() / 2)
                                     : image.at(image.width() / 2, i)) != black;
  };
  int first = 0;
  while (!lit(first)) ++first;
  int last = length - 1;
  while (!lit(last)) --last;
  return {first, last};
}

TEST(Ring, IsAsWideAsHighAndTheSameFromEverySide) {
  for (const int diameter : {1, 2, 3, 10, 41, 96, 97}) {
    const Rect square{{2, 2}, {diameter, diameter}};
    ShapeList shapes;
    shapes.add<Ring>(Circle{centre_halves(square), (diameter - 1) / 2.0}, 1, white);
    const int side = diameter + 4;
    const Image image{ShapeScene{{side, side}, black, std::move(shapes)}};
    EXPECT_EQ(extent(image, Axis::horizontal), std::pair(2, diameter + 1)) << diameter;
    EXPECT_EQ(extent(image, Axis::vertical), std::pair(2, diameter + 1)) << diameter;
    for (int y = 0; y < side; ++y) {
      for (int x = 0; x < side; ++x) {
        ASSERT_EQ(image.at(x, y), image.at(y, x));
        ASSERT_EQ(image.at(x, y), image.at(side - 1 - x, y));
      }
    }
  }
}

TEST(Card, HasItsCircleAtTheSameDistanceOnEverySide) {
  for (const Size size : {Size{640, 480}, {1366, 768}, {1920, 1080}, {1080, 1920}, {1001, 777}}) {
    const Image image{"card", size};
    const int radius = static_cast<int>(card::Layout{size}.circle().radius);
    const int x = size.width / 2;
    const int y = size.height / 2;
    EXPECT_EQ(image.at(x - radius, y), white);
    EXPECT_EQ(image.at(size.width - 1 - x + radius, y), white);
    EXPECT_EQ(image.at(x, y - radius), white);
    EXPECT_EQ(image.at(x, size.height - 1 - y + radius), white);
  }
}

TEST(Zone, FollowsItsFormula) {
  const Size size{128, 96};
  const Image image{"zone-plate", size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double dx = x - (size.width - 1) / 2.0;
      const double dy = y - (size.height - 1) / 2.0;
      const double wave = std::cos(std::numbers::pi * (dx * dx + dy * dy) / size.height);
      ASSERT_NEAR(red(image.at(x, y)), 127.5 + 127.5 * wave, 1.5) << x << ',' << y;
    }
  }
}

TEST(Zone, ReachesNyquistAtTheNearestEdge) {
  const int side = 240;
  const Image image{"zone-plate", {side, side}};
  // At the edge a pixel is half a cycle: light and dark swap at each step along the axis.
  int swaps = 0;
  for (int x = side - 12; x < side - 1; ++x) {
    const bool light = red(image.at(x, side / 2)) > 127;
    swaps += light != (red(image.at(x + 1, side / 2)) > 127) ? 1 : 0;
  }
  EXPECT_GE(swaps, 9);
  const int middle = side / 2;
  EXPECT_GT(red(image.at(middle, middle)), 250);
  EXPECT_NEAR(red(image.at(middle + 1, middle)), red(image.at(middle, middle)), 4);
}

TEST(Zone, SpansBlackToWhite) {
  const auto pixels = Image{"zone-plate", {512, 512}}.pixels.data;
  EXPECT_EQ(*std::max_element(pixels.begin(), pixels.end()), white);
  EXPECT_EQ(*std::min_element(pixels.begin(), pixels.end()), black);
}

}  // namespace
}  // namespace drmshow::testing
