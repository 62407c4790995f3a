#include "wayland/window_geometry.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace drmshow {

inline void PrintTo(const Rect& rect, std::ostream* out) {
  *out << rect.width << 'x' << rect.height << '+' << rect.x << '+' << rect.y;
}

namespace {

TEST(WindowScale, CountsIn120ths) {
  EXPECT_EQ(WindowScale{}.in_120ths(), 120);
  EXPECT_EQ(WindowScale::whole(3).in_120ths(), 360);
  EXPECT_EQ(WindowScale{180}.factor(), 1.5);
  EXPECT_EQ(WindowScale{120}.rounded_up(), 1);
  EXPECT_EQ(WindowScale{121}.rounded_up(), 2);
}

struct PixelsOf {
  Size logical;
  int scale;
  Size pixels;
};

TEST(WindowGeometry, ViewportsRoundHalfAwayFromZero) {
  const PixelsOf cases[] = {
      {{800, 600}, 120, {800, 600}},
      {{800, 600}, 180, {1200, 900}},
      {{801, 601}, 180, {1202, 902}},  // 1201.5 and 901.5
      {{100, 100}, 150, {125, 125}},
      {{101, 103}, 150, {126, 129}},  // 126.25 and 128.75
      {{1, 1}, 60, {1, 1}},           // 0.5
      {{65535, 65535}, 7680, {4194240, 4194240}},
      {{3, 3}, 1, {1, 1}},  // never nothing
      {{0, -5}, 120, {1, 1}},
  };
  for (const auto& [logical, scale, pixels] : cases) {
    const auto geometry = window_geometry(logical, WindowScale{scale}, ScaledBy::viewport);
    EXPECT_EQ(geometry.pixels.width, pixels.width) << scale;
    EXPECT_EQ(geometry.pixels.height, pixels.height) << scale;
    EXPECT_EQ(geometry.buffer_scale, 1);
    EXPECT_TRUE(geometry.viewport);
  }
}

TEST(WindowGeometry, BufferScalesAreWhole) {
  const auto geometry = window_geometry({401, 303}, WindowScale{150}, ScaledBy::buffer_scale);
  EXPECT_EQ(geometry, (WindowGeometry{{401, 303}, {802, 606}, 2, false}));
}

WindowGeometry scaled(int in_120ths) {
  return window_geometry({100, 50}, WindowScale{in_120ths}, ScaledBy::viewport);
}

struct Damage {
  Rect pixels;
  int scale;
  Rect units;
};

TEST(WindowGeometry, DamageCoversWhatChanged) {
  const Damage cases[] = {
      {{{0, 0}, {100, 50}}, 120, {{0, 0}, {100, 50}}},
      {{{3, 5}, {1, 1}}, 120, {{3, 5}, {1, 1}}},
      {{{3, 5}, {1, 1}}, 240, {{1, 2}, {1, 1}}},
      {{{3, 5}, {2, 2}}, 240, {{1, 2}, {2, 2}}},  // 1.5 to 2.5, 2.5 to 3.5
      {{{1, 1}, {1, 1}}, 180, {{0, 0}, {2, 2}}},  // 0.67 to 1.33
      {{{0, 0}, {150, 75}}, 180, {{0, 0}, {100, 50}}},
      {{{-10, -10}, {500, 500}}, 180, {{0, 0}, {100, 50}}},
      {{{149, 74}, {9, 9}}, 180, {{99, 49}, {1, 1}}},
  };
  for (const auto& [pixels, scale, units] : cases) {
    EXPECT_EQ(in_surface_units(pixels, scaled(scale)), units) << scale;
  }
}

TEST(WindowGeometry, DamageOutsideIsNone) {
  const auto units = in_surface_units({{200, 10}, {5, 5}}, scaled(120));
  EXPECT_EQ(units.width, 0);
  EXPECT_EQ(in_surface_units({{0, 0}, {5, 5}}, WindowGeometry{}), Rect{});
}

}  // namespace
}  // namespace drmshow
