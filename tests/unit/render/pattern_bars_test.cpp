// Levels and boundaries of the colour bars, from the standards.
#include "pattern_testing.hpp"

namespace drmshow::testing {
namespace {

constexpr unsigned c = 191;  // 75 %
const Pixel bars75[] = {rgb(c, c, c), rgb(c, c, 0), rgb(0, c, c), rgb(0, c, 0),
                        rgb(c, 0, c), rgb(c, 0, 0), rgb(0, 0, c), rgb(0, 0, 0)};
constexpr Pixel setup_black = rgb(19, 19, 19);

/// A stretch of one colour on a line.
struct Span {
  int from, to;  // half open
  Pixel colour;
};

void expect_line(const Image& image, int y, const std::vector<Span>& runs) {
  for (const Span& run : runs) {
    for (int x = run.from; x < run.to; ++x) {
      ASSERT_EQ(image.at(x, y), run.colour) << "at " << x << ',' << y;
    }
  }
}

TEST(Smpte, HasTheBarsOfEg1) {
  const Image image{"smpte", {840, 480}};
  for (const int y : {0, 319}) {
    std::vector<Span> runs;
    for (int i = 0; i < 7; ++i) runs.push_back({120 * i, 120 * (i + 1), bars75[i]});
    expect_line(image, y, runs);
  }
}

TEST(Smpte, HasReverseBarsBelow) {
  const Image image{"smpte", {840, 480}};
  for (const int y : {320, 359}) {
    expect_line(image, y,
                {{0, 120, bars75[6]},
                 {120, 240, setup_black},
                 {240, 360, bars75[4]},
                 {360, 480, setup_black},
                 {480, 600, bars75[2]},
                 {600, 720, setup_black},
                 {720, 840, bars75[0]}});
  }
}

TEST(Smpte, HasPlugeAtTheBottom) {
  const Image image{"smpte", {840, 480}};
  for (const int y : {360, 479}) {
    expect_line(image, y,
                {{0, 150, rgb(0, 33, 76)},
                 {150, 300, rgb(255, 255, 255)},
                 {300, 450, rgb(50, 0, 106)},
                 {450, 600, setup_black},
                 {600, 640, rgb(9, 9, 9)},
                 {640, 680, setup_black},
                 {680, 720, rgb(29, 29, 29)},
                 {720, 840, setup_black}});
  }
}

TEST(SmpteHd, HasTheRowsOfRp219) {
  const Image image{"smpte-hd", {1680, 1200}};  // a side panel is 210 wide, a bar 180
  const Pixel gray40 = rgb(102, 102, 102);
  const Pixel white = rgb(255, 255, 255);
  expect_line(
      image, 699,
      {{0, 210, gray40}, {210, 390, bars75[0]}, {1290, 1470, bars75[6]}, {1470, 1680, gray40}});
  expect_line(image, 700,
              {{0, 210, rgb(0, 255, 255)},
               {210, 390, white},
               {390, 1470, bars75[0]},
               {1470, 1680, rgb(0, 0, 255)}});
  expect_line(image, 899,
              {{0, 210, rgb(255, 255, 0)},
               {210, 391, rgb(0, 0, 0)},
               {1289, 1470, white},
               {1470, 1680, rgb(255, 0, 0)}});
  expect_line(image, 900,
              {{0, 210, rgb(38, 38, 38)},
               {210, 480, rgb(0, 0, 0)},
               {480, 840, white},
               {840, 1110, rgb(0, 0, 0)},
               {1110, 1170, rgb(5, 5, 5)},
               {1230, 1290, rgb(10, 10, 10)},
               {1470, 1680, rgb(38, 38, 38)}});
}

TEST(Ebu, IsWhiteAtFullAndColoursAtThreeQuarters) {
  const Image image{"ebu", {800, 5}};
  std::vector<Span> runs{{0, 100, rgb(255, 255, 255)}};
  for (int i = 1; i < 8; ++i) runs.push_back({100 * i, 100 * (i + 1), bars75[i]});
  for (int y = 0; y < 5; ++y) expect_line(image, y, runs);
}

TEST(Bars100, AreSaturated) {
  const Image image{"bars100", {8, 1}};
  const Pixel bars[] = {rgb(255, 255, 255), rgb(255, 255, 0), rgb(0, 255, 255), rgb(0, 255, 0),
                        rgb(255, 0, 255),   rgb(255, 0, 0),   rgb(0, 0, 255),   rgb(0, 0, 0)};
  for (int x = 0; x < 8; ++x) EXPECT_EQ(image.at(x, 0), bars[x]);
}

TEST(Bars, DifferInWidthByAPixelAtMost) {
  for (const int width : {1366, 1367, 1369, 641}) {
    const Image image{"ebu", {width, 1}};
    int run = 1;
    for (int x = 1; x < width; ++x) {
      if (image.at(x, 0) == image.at(x - 1, 0)) {
        ++run;
        continue;
      }
      EXPECT_TRUE(run == width / 8 || run == width / 8 + 1) << width << " at " << x;
      run = 1;
    }
  }
}

}  // namespace
}  // namespace drmshow::testing
