#include "render/cpu/image_picture.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "image_samples.hpp"
#include "render/cpu/colour.hpp"

namespace drmshow {
namespace {

using test::Bytes;
using test::make_png;
using test::Samples;
using Pixels = std::vector<Pixel>;

constexpr Pixel kRed = 0xffff0000;
constexpr Pixel kGreen = 0xff00ff00;
constexpr Pixel kBlue = 0xff0000ff;
constexpr Pixel kWhite = 0xffffffff;
constexpr Pixel kGray = 0xff808080;
constexpr Pixel kBlack = 0xff000000;

Pixels drawn(const Picture& picture) {
  const Size size = picture.size();
  Pixels pixels(static_cast<std::size_t>(size.area()), 0xdeadbeef);
  for (int y = 0; y < size.height; ++y)
    picture.draw_row(y, std::span{pixels}.subspan(
                            static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width),
                            static_cast<std::size_t>(size.width)));
  return pixels;
}

ImagePicture render(const Bytes& file, Size screen, Fit fit, Pixel background = kGray) {
  const auto reader = open_image_bytes(file, "sample");
  return render_image(*reader, screen, fit, background);
}

// 3x2: red green blue / white gray black.
Bytes asymmetric_png(int orientation) {
  test::PngSpec spec{{3, 2}};
  spec.orientation = orientation;
  return make_png(spec, {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 128, 128, 128, 0, 0, 0});
}

struct TurnCase {
  int orientation;
  Size size;
  Pixels upright;
};

const TurnCase kTurns[] = {
    {1, {3, 2}, {kRed, kGreen, kBlue, kWhite, kGray, kBlack}},
    {2, {3, 2}, {kBlue, kGreen, kRed, kBlack, kGray, kWhite}},
    {3, {3, 2}, {kBlack, kGray, kWhite, kBlue, kGreen, kRed}},
    {4, {3, 2}, {kWhite, kGray, kBlack, kRed, kGreen, kBlue}},
    {5, {2, 3}, {kRed, kWhite, kGreen, kGray, kBlue, kBlack}},
    {6, {2, 3}, {kWhite, kRed, kGray, kGreen, kBlack, kBlue}},
    {7, {2, 3}, {kBlack, kBlue, kGray, kGreen, kWhite, kRed}},
    {8, {2, 3}, {kBlue, kBlack, kGreen, kGray, kRed, kWhite}},
};

TEST(ImagePicture, StandsUprightForEveryOrientation) {
  for (const TurnCase& c : kTurns)
    EXPECT_EQ(drawn(render(asymmetric_png(c.orientation), c.size, Fit::contain)), c.upright)
        << c.orientation;
}

// Cutting off after turning and before must agree, also where the leftover is odd.
TEST(ImagePicture, CutsTheSamePartForEveryOrientation) {
  for (const TurnCase& c : kTurns) {
    const Pixels row = drawn(render(asymmetric_png(c.orientation), {c.size.width, 1}, Fit::none));
    const auto from = static_cast<std::ptrdiff_t>((c.size.height - 1) / 2 * c.size.width);
    EXPECT_EQ(row, Pixels(c.upright.begin() + from, c.upright.begin() + from + c.size.width))
        << c.orientation;
  }
}

TEST(ImagePicture, JpegOrientationSurvivesReduction) {
  const Size size{256, 128};
  Samples samples;  // left half red, right half blue
  for (int i = 0; i < 256 * 128; ++i)
    for (const int channel : {i % 256 < 128 ? 255 : 0, 0, i % 256 < 128 ? 0 : 255})
      samples.push_back(static_cast<std::uint8_t>(channel));
  test::JpegSpec spec{size};
  const Bytes exif = test::exif_marker(6);  // a quarter turn clockwise: left becomes top
  spec.exif = exif;
  const Pixels pixels = drawn(render(make_jpeg(spec, samples), {8, 16}, Fit::contain));
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const std::size_t y = i / 8;
    EXPECT_TRUE(y > 6 || (pixels[i] >> 16 & 0xff) > 250) << i;
    EXPECT_TRUE(y < 9 || (pixels[i] & 0xff) > 250) << i;
  }
}

TEST(ImagePicture, DrawsBackgroundAround) {
  const auto picture = render(asymmetric_png(1), {5, 4}, Fit::none, 0x00112233);
  constexpr Pixel b = 0xff112233;
  EXPECT_EQ(drawn(picture), (Pixels{b, b,      b,      b,      b,  //
                                    b, kRed,   kGreen, kBlue,  b,  //
                                    b, kWhite, kGray,  kBlack, b,  //
                                    b, b,      b,      b,      b}));
  EXPECT_EQ(picture.where(), Rect({1, 1}, {3, 2}));
}

TEST(ImagePicture, RowsSaidToRepeatDo) {
  const auto picture = render(asymmetric_png(1), {5, 9}, Fit::none);
  Pixels above(5);
  Pixels row(5);
  int repeats = 0;
  for (int y = 0; y < 9; ++y, std::swap(above, row)) {
    picture.draw_row(y, row);
    if (!picture.repeats_row(y)) continue;
    ++repeats;
    EXPECT_EQ(row, above) << y;
  }
  EXPECT_EQ(repeats, 5);
}

struct BlendCase {
  Samples over;  // red, green, blue, alpha
  Pixel background;
  Pixel expected;
};

TEST(ImagePicture, BlendsInSrgb) {
  const BlendCase cases[] = {
      {{255, 255, 255, 0}, 0xff123456, 0xff123456},   {{1, 2, 3, 255}, 0xff123456, 0xff010203},
      {{255, 255, 255, 128}, 0xff000000, 0xff808080}, {{0, 0, 0, 128}, 0xffffffff, 0xff7f7f7f},
      {{255, 0, 0, 51}, 0xff0000ff, 0xff3300cc},
  };
  for (const BlendCase& c : cases)
    EXPECT_EQ(drawn(render(make_png({{1, 1}, 6}, c.over), {1, 1}, Fit::contain, c.background)),
              Pixels{c.expected})
        << std::hex << c.expected;
}

TEST(ImagePicture, EveryFitOfExtremeShapes) {
  for (const Size size : {Size{1, 1}, Size{16384, 1}, Size{1, 16384}, Size{2, 3000}})
    for (const Fit fit : {Fit::contain, Fit::cover, Fit::stretch, Fit::none}) {
      Samples samples(static_cast<std::size_t>(size.area()), 0xff);
      const auto picture = render(make_png({size, 0}, samples), {64, 48}, fit, kBlack);
      const Pixels pixels = drawn(picture);
      EXPECT_EQ(std::ranges::count(pixels, kWhite), picture.where().size().area());
    }
}

TEST(ParseColour, Table) {
  struct Case {
    const char* text;
    std::optional<Pixel> colour;
  };
  const Case cases[] = {
      {"#fff", kWhite},           {"#FFFFFF", kWhite},       {"#123", 0xff112233},
      {"#0a0B0c", 0xff0a0b0c},    {"black", kBlack},         {"White", kWhite},
      {"green", 0xff008000},      {"LIME", kGreen},          {"grey", kGray},
      {"", std::nullopt},         {"#", std::nullopt},       {"#12", std::nullopt},
      {"#1234", std::nullopt},    {"#12345g", std::nullopt}, {"#-12", std::nullopt},
      {"#+12345", std::nullopt},  {"fff", std::nullopt},     {"blac", std::nullopt},
      {"#1234567", std::nullopt}, {" red", std::nullopt},
  };
  for (const Case& c : cases) EXPECT_EQ(parse_colour(c.text), c.colour) << c.text;
}

}  // namespace
}  // namespace drmshow
