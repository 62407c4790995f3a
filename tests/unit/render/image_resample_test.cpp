#include "render/cpu/resample.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <gtest/gtest.h>

#include "render/cpu/srgb.hpp"

namespace drmshow {
namespace {

using Pixels = std::vector<Pixel>;

Pixels resample(const Pixels& source, Size size, const SourceRect& part, Size dest) {
  Resampler resampler{size, part, dest};
  Pixels out;
  Pixels row(static_cast<std::size_t>(dest.width));
  const auto width = static_cast<std::size_t>(size.width);
  for (std::size_t at = 0; at < source.size(); at += width) {
    resampler.push(std::span{source}.subspan(at, width));
    while (resampler.pull(row)) out.insert(out.end(), row.begin(), row.end());
  }
  return out;
}

Pixels resample(const Pixels& source, Size size, Size dest) {
  return resample(source, size,
                  {0, 0, static_cast<double>(size.width), static_cast<double>(size.height)}, dest);
}

Pixels noise(Size size) {
  Pixels pixels(static_cast<std::size_t>(size.area()));
  Pixel state = 1;
  // Numerical Recipes' generator; its high bits are the random ones.
  for (Pixel& pixel : pixels) {
    state = state * 1664525u + 1013904223u;
    pixel = state ^ state >> 16;
  }
  return pixels;
}

constexpr unsigned red(Pixel pixel) {
  return pixel >> 16 & 0xff;
}

double mean_light(const Pixels& pixels) {
  double sum = 0;
  for (const Pixel pixel : pixels) sum += static_cast<double>(srgb_tables().light[red(pixel)]);
  return sum / static_cast<double>(pixels.size());
}

TEST(Resample, SameSizeIsExact) {
  for (const Size size : {Size{1, 1}, Size{7, 5}, Size{64, 3}}) {
    const Pixels source = noise(size);
    EXPECT_EQ(resample(source, size, size), source);
  }
}

TEST(Resample, WholePixelPartIsExact) {
  const Pixels source = noise({9, 7});
  const Pixels part = resample(source, {9, 7}, {2, 3, 4, 2}, {4, 2});
  Pixels expected;
  for (const std::size_t row : {3u, 4u})
    expected.insert(expected.end(), source.begin() + static_cast<std::ptrdiff_t>(row * 9 + 2),
                    source.begin() + static_cast<std::ptrdiff_t>(row * 9 + 6));
  EXPECT_EQ(part, expected);
}

TEST(Resample, ConstantStaysConstantForEverySize) {
  for (const Pixel colour : {0xff000000u, 0xffffffffu, 0xff123456u, 0x80ff8001u, 0x00000000u})
    for (int from = 1; from <= 17; ++from)
      for (int to = 1; to <= 17; ++to) {
        const Size source{from, 18 - from};
        const Size dest{to, from};
        const Pixels pixels(static_cast<std::size_t>(source.area()), colour);
        const Pixels expected(static_cast<std::size_t>(dest.area()), colour);
        ASSERT_EQ(resample(pixels, source, dest), expected)
            << std::hex << colour << std::dec << " " << from << " to " << to;
      }
}

TEST(Resample, GivesEveryRowForEverySize) {
  for (int from = 1; from <= 40; ++from)
    for (int to = 1; to <= 40; ++to)
      ASSERT_EQ(resample(noise({1, from}), {1, from}, {1, to}).size(),
                static_cast<std::size_t>(to));
}

TEST(Resample, KeepsTheMeanLight) {
  const Size size{96, 96};
  Pixels source = noise(size);
  for (Pixel& pixel : source) pixel |= 0xff000000u;
  const double mean = mean_light(source);
  for (const int side : {48, 33, 12, 5, 1})
    EXPECT_NEAR(mean_light(resample(source, size, {side, side})), mean, 0.02) << side;
}

// One pixel in two white: half the light, which is code 188, not 128.
TEST(Resample, MixesLightNotCodes) {
  Pixels lines;
  for (int i = 0; i < 64 * 64; ++i) lines.push_back(i % 2 == 0 ? 0xffffffffu : 0xff000000u);
  const Pixels out = resample(lines, {64, 64}, {8, 8});
  for (std::size_t i = 0; i < out.size(); ++i)
    // The outermost columns see more of the line that the edge goes on with.
    EXPECT_NEAR(red(out[i]), 188, i % 8 == 0 || i % 8 == 7 ? 15 : 2) << i;
}

TEST(Resample, RampStaysMonotone) {
  for (int from = 2; from <= 256; from += 7)
    for (int to = 1; to <= from; to += 3) {
      Pixels ramp;
      for (int i = 0; i < from; ++i)
        ramp.push_back(0xff000000u | static_cast<Pixel>(i * 255 / (from - 1)) << 16);
      const Pixels out = resample(ramp, {from, 1}, {to, 1});
      ASSERT_TRUE(std::ranges::is_sorted(out)) << from << " to " << to;
    }
}

TEST(Resample, MirroredPictureGivesMirroredResult) {
  const Size size{23, 1};
  Pixels source = noise(size);
  for (const int to : {5, 11, 40}) {
    Pixels forwards = resample(source, size, {to, 1});
    std::ranges::reverse(source);
    const Pixels backwards = resample(source, size, {to, 1});
    std::ranges::reverse(forwards);
    for (std::size_t i = 0; i < forwards.size(); ++i)
      EXPECT_NEAR(red(forwards[i]), red(backwards[i]), 1) << to;
  }
}

// What is invisible must not colour what is visible.
TEST(Resample, TransparentColoursDoNotBleed) {
  const Pixels source{0x00ff0000, 0xff00ff00, 0x00ff0000, 0xff00ff00};
  for (const int to : {1, 2, 3, 9})
    for (const Pixel pixel : resample(source, {4, 1}, {to, 1}))
      EXPECT_TRUE(pixel >> 24 == 0 || red(pixel) == 0) << to;
}

TEST(Resample, AcrossAndDownAreTheSame) {
  const Pixels source = noise({37, 1});
  for (const int to : {3, 20, 37, 90})
    EXPECT_EQ(resample(source, {37, 1}, {to, 1}), resample(source, {1, 37}, {1, to})) << to;
}

TEST(SrgbTables, ThereAndBackChangesNothing) {
  const SrgbTables& tables = srgb_tables();
  for (unsigned code = 0; code < 256; ++code) {
    const double step = std::round(static_cast<double>(tables.light[code]) * SrgbTables::kSteps);
    EXPECT_EQ(tables.code[static_cast<std::size_t>(step)], code);
  }
  EXPECT_TRUE(std::ranges::is_sorted(tables.code));
}

}  // namespace
}  // namespace drmshow
