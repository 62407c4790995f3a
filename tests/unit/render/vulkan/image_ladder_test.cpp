#include "render/vulkan/image_ladder.hpp"

#include <algorithm>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm/modifier_rank.hpp"
#include "render/vulkan/pixel_format.hpp"

namespace drmshow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using enum ImageRung;

constexpr Format xr24 = Format::from_chars('X', 'R', '2', '4');
constexpr Format xb24 = Format::from_chars('X', 'B', '2', '4');
constexpr Format ar24 = Format::from_chars('A', 'R', '2', '4');
constexpr Format xr30 = Format::from_chars('X', 'R', '3', '0');
constexpr Format rg16 = Format::from_chars('R', 'G', '1', '6');
constexpr Format nv12 = Format::from_chars('N', 'V', '1', '2');

constexpr Modifier lines = modifiers::linear;
constexpr Modifier unknown = modifiers::invalid;
constexpr Modifier intel_x{0x0100000000000001};
constexpr Modifier intel_y{0x0100000000000002};
constexpr Modifier intel_y_ccs{0x0100000000000006};
constexpr Modifier amd_tiled{0x0200000018601b04};
constexpr Modifier amd_dcc{0x0200000018603b04};
constexpr Modifier amd_dcc_retiled{0x02000000187ffb04};
constexpr Modifier nvidia_16{0x0300000000606014};
constexpr Modifier nvidia_8{0x0300000000606013};
constexpr Modifier afbc{0x0800000000000071};

ImageWay of_modifier(Format format, Modifier modifier) {
  return {ImageRung::modifier, format, modifier};
}
ImageWay of_rung(ImageRung rung, Format format) {
  return {rung, format, lines};
}

/// A GPU that shares and takes plain lines, and has these modifiers besides.
GpuFormat gpu_format(Format format, std::vector<Modifier> modifiers) {
  modifiers.push_back(lines);
  return {format, std::move(modifiers), true, true};
}

ScanoutWish wish_of(std::vector<PlaneFormats> planes, std::vector<PlaneFormats> others = {}) {
  return {{1920, 1080}, std::move(planes), std::move(others), true};
}

TEST(ImageLadder, IntelTakesCompressionThenTiles) {
  const PlaneFormats plane{{xr24, {intel_y_ccs, intel_y, intel_x, lines}},
                           {xr30, {intel_y_ccs, intel_y, intel_x, lines}}};
  const GpuImageFormats gpu{gpu_format(xr24, {intel_y, intel_y_ccs, intel_x})};
  EXPECT_THAT(image_ways(wish_of({plane}), gpu),
              ElementsAre(of_modifier(xr24, intel_y_ccs), of_modifier(xr24, intel_y),
                          of_modifier(xr24, intel_x), of_rung(linear, xr24),
                          of_rung(implicit, xr24), of_rung(display, xr24), of_rung(copy, xr24)));
}

TEST(ImageLadder, TheGpusOrderDecidesWithinARank) {
  const PlaneFormats plane{{xr24, {amd_tiled, amd_dcc, amd_dcc_retiled, lines}}};
  const auto order_of = [&](const std::vector<Modifier>& gpus) {
    const auto ways = image_ways(wish_of({plane}), {gpu_format(xr24, gpus)});
    return std::vector{ways.at(0).modifier, ways.at(1).modifier, ways.at(2).modifier};
  };
  EXPECT_THAT(order_of({amd_dcc_retiled, amd_dcc, amd_tiled}),
              ElementsAre(amd_dcc_retiled, amd_dcc, amd_tiled));
  EXPECT_THAT(order_of({amd_tiled, amd_dcc, amd_dcc_retiled}),
              ElementsAre(amd_dcc, amd_dcc_retiled, amd_tiled));
}

TEST(ImageLadder, WhatOtherPlanesCanShowTooIsBetterWithinARank) {
  const PlaneFormats primary{{xr24, {nvidia_16, nvidia_8, lines}}};
  const PlaneFormats overlay{{xr24, {nvidia_8, lines}}};
  const GpuImageFormats gpu{gpu_format(xr24, {nvidia_16, nvidia_8})};
  EXPECT_EQ(image_ways(wish_of({primary}), gpu).front(), of_modifier(xr24, nvidia_16));
  EXPECT_EQ(image_ways(wish_of({primary}, {overlay, overlay}), gpu).front(),
            of_modifier(xr24, nvidia_8));
  // But not better than a higher rank.
  const PlaneFormats intel{{xr24, {intel_y_ccs, intel_y}}};
  const PlaneFormats old{{xr24, {intel_y}}};
  EXPECT_EQ(image_ways(wish_of({intel}, {old}), {gpu_format(xr24, {intel_y, intel_y_ccs})}).front(),
            of_modifier(xr24, intel_y_ccs));
}

TEST(ImageLadder, EveryPlaneHasToShowIt) {
  const PlaneFormats first{{xr24, {afbc, lines}}, {xb24, {lines}}};
  const PlaneFormats second{{xb24, {afbc, lines}}, {xr24, {lines}}};
  const GpuImageFormats gpu{gpu_format(xr24, {afbc}), gpu_format(xb24, {afbc})};
  EXPECT_THAT(image_ways(wish_of({first, second}), gpu),
              ElementsAre(of_rung(linear, xr24), of_rung(linear, xb24), of_rung(implicit, xr24),
                          of_rung(implicit, xb24), of_rung(display, xr24), of_rung(display, xb24),
                          of_rung(copy, xr24)));
}

TEST(ImageLadder, OfTwoFormatsThatAreAsGoodTheBetterLayoutWins) {
  const PlaneFormats plane{{xr24, {lines}}, {xb24, {afbc, lines}}};
  const GpuImageFormats gpu{gpu_format(xr24, {afbc}), gpu_format(xb24, {afbc})};
  const auto ways = image_ways(wish_of({plane}), gpu);
  EXPECT_EQ(ways.at(0), of_modifier(xb24, afbc));
  EXPECT_EQ(ways.at(1), of_rung(linear, xr24));
  EXPECT_EQ(ways.back(), of_rung(copy, xr24));
}

TEST(ImageLadder, VkmsHasLinesOnly) {
  const PlaneFormats plane{{ar24, {lines}}, {xr24, {lines}}, {nv12, {lines}}, {rg16, {lines}}};
  const GpuImageFormats lavapipe{gpu_format(xr24, {}), gpu_format(ar24, {}), gpu_format(rg16, {})};
  EXPECT_THAT(image_ways(wish_of({plane}), lavapipe),
              ElementsAre(of_rung(linear, xr24), of_rung(implicit, xr24), of_rung(display, xr24),
                          of_rung(linear, ar24), of_rung(implicit, ar24), of_rung(display, ar24),
                          of_rung(copy, xr24)));
}

TEST(ImageLadder, WithoutModifiersTheDriversHaveToAgreeByThemselves) {
  const PlaneFormats virtio{{xr24, {}}};
  ScanoutWish wish = wish_of({virtio});
  wish.explicit_modifiers = false;
  EXPECT_THAT(image_ways(wish, {gpu_format(xr24, {})}),
              ElementsAre(of_rung(implicit, xr24), of_rung(display, xr24), of_rung(copy, xr24)));
  // The same if the driver takes modifiers and does not say which.
  wish.explicit_modifiers = true;
  EXPECT_THAT(image_ways(wish, {gpu_format(xr24, {intel_y})}),
              ElementsAre(of_rung(implicit, xr24), of_rung(display, xr24), of_rung(copy, xr24)));
  // What planes list is of no use if the driver does not take it.
  const PlaneFormats intel{{xr24, {intel_y, lines}}};
  wish = wish_of({intel});
  wish.explicit_modifiers = false;
  EXPECT_EQ(image_ways(wish, {gpu_format(xr24, {intel_y})}).front(), of_rung(implicit, xr24));
}

TEST(ImageLadder, InvalidIsNoModifier) {
  const PlaneFormats plane{{xr24, {unknown}}};
  EXPECT_THAT(image_ways(wish_of({plane}), {gpu_format(xr24, {unknown})}),
              ElementsAre(of_rung(implicit, xr24), of_rung(display, xr24), of_rung(copy, xr24)));
}

TEST(ImageLadder, APlaneThatShowsTilesOnlyGetsNoLines) {
  const PlaneFormats plane{{xr24, {intel_y}}};
  EXPECT_THAT(image_ways(wish_of({plane}), {gpu_format(xr24, {intel_y})}),
              ElementsAre(of_modifier(xr24, intel_y)));
}

TEST(ImageLadder, EachRungNeedsWhatTheGpuCanDo) {
  const PlaneFormats plane{{xr24, {intel_y, lines}}};
  GpuFormat shares{xr24, {}, true, false};
  EXPECT_THAT(image_ways(wish_of({plane}), {shares}),
              ElementsAre(of_rung(linear, xr24), of_rung(implicit, xr24), of_rung(copy, xr24)));
  GpuFormat takes{xr24, {}, false, true};
  EXPECT_THAT(image_ways(wish_of({plane}), {takes}),
              ElementsAre(of_rung(display, xr24), of_rung(copy, xr24)));
  EXPECT_THAT(image_ways(wish_of({plane}), {GpuFormat{xr24, {}, false, false}}),
              ElementsAre(of_rung(copy, xr24)));
}

TEST(ImageLadder, APrimaryThatRefusesTheCustomaryFormat) {
  // virtio_gpu of big-endian guests has BGRX only; some boards have 565 only.
  EXPECT_EQ(image_ways(wish_of({{{xb24, {lines}}}}), {gpu_format(xr24, {}), gpu_format(xb24, {})})
                .front(),
            of_rung(linear, xb24));
  const GpuImageFormats gpu{gpu_format(xr24, {}), gpu_format(xr30, {}), gpu_format(rg16, {})};
  EXPECT_EQ(image_ways(wish_of({{{rg16, {lines}}, {xr30, {lines}}}}), gpu).front(),
            of_rung(linear, xr30));
  EXPECT_THAT(image_ways(wish_of({{{rg16, {lines}}}}), gpu),
              ElementsAre(of_rung(linear, rg16), of_rung(implicit, rg16), of_rung(display, rg16),
                          of_rung(copy, rg16)));
}

TEST(ImageLadder, CoarseColoursAreTheLastResort) {
  const PlaneFormats plane{{rg16, {afbc, lines}}, {xr24, {lines}}};
  const GpuImageFormats gpu{gpu_format(rg16, {afbc}), GpuFormat{xr24, {}, false, false}};
  EXPECT_THAT(image_ways(wish_of({plane}), gpu), ElementsAre(of_rung(copy, xr24)));
}

TEST(ImageLadder, NothingInCommonIsNoWay) {
  EXPECT_THAT(image_ways(wish_of({}), {gpu_format(xr24, {})}), IsEmpty());
  EXPECT_THAT(image_ways(wish_of({{}}), {gpu_format(xr24, {})}), IsEmpty());
  EXPECT_THAT(image_ways(wish_of({{{nv12, {lines}}}}), {gpu_format(xr24, {})}), IsEmpty());
  EXPECT_THAT(image_ways(wish_of({{{xr24, {lines}}}}), {}), IsEmpty());
}

/// Random hardware, out of few formats and modifiers so that much is in common.
class AnyHardware {
 public:
  explicit AnyHardware(unsigned seed) : random_{seed} {}

  PlaneFormats plane() {
    PlaneFormats rows;
    for (const Format format : {xr24, xb24, ar24, xr30, rg16}) {
      if (coin()) rows.push_back({format, some_modifiers()});
    }
    return rows;
  }

  GpuImageFormats gpu() {
    GpuImageFormats all;
    for (const Format format : {xr24, xb24, ar24, xr30, rg16}) {
      if (coin()) all.push_back({format, some_modifiers(), coin(), coin()});
    }
    return all;
  }

  ScanoutWish wish() {
    ScanoutWish wish = wish_of({plane()}, {plane(), plane()});
    if (coin()) wish.planes.push_back(plane());
    wish.explicit_modifiers = coin();
    return wish;
  }

 private:
  bool coin() { return random_() % 2 == 0; }

  std::vector<Modifier> some_modifiers() {
    std::vector<Modifier> chosen;
    for (const Modifier modifier : {intel_y_ccs, intel_y, afbc, nvidia_8, lines, unknown}) {
      if (coin()) chosen.push_back(modifier);
    }
    std::ranges::shuffle(chosen, random_);
    return chosen;
  }

  std::mt19937 random_;
};

bool lists_it(const PlaneFormats& plane, const ImageWay& way) {
  return std::ranges::any_of(plane, [&](const FormatModifiers& row) {
    const bool named = std::ranges::count(row.modifiers, way.modifier) != 0;
    const bool silent = row.modifiers.empty() || std::ranges::count(row.modifiers, unknown) != 0;
    const bool needs_name = way.rung == ImageRung::modifier || way.rung == linear;
    return row.format == way.format && (named || (silent && !needs_name));
  });
}

bool gpu_can(const GpuImageFormats& gpu, const ImageWay& way) {
  const auto found = std::ranges::find(gpu, way.format, &GpuFormat::format);
  if (found == gpu.end()) return false;
  switch (way.rung) {
    case ImageRung::modifier:
      return std::ranges::count(found->modifiers, way.modifier) != 0;
    case linear:
    case implicit:
      return found->shares_lines;
    case display:
      return found->takes_lines;
    case copy:
      return true;
  }
  return false;
}

void expect_sound(const ScanoutWish& wish, const GpuImageFormats& gpu,
                  const std::vector<ImageWay>& ways) {
  for (const ImageWay& way : ways) {
    EXPECT_TRUE(gpu_can(gpu, way));
    for (const PlaneFormats& plane : wish.planes) EXPECT_TRUE(lists_it(plane, way));
    EXPECT_NE(way.modifier, unknown);
    EXPECT_EQ(std::ranges::count(ways, way), 1);
    const bool told = way.rung == ImageRung::modifier || way.rung == linear;
    EXPECT_TRUE(!told || wish.explicit_modifiers);
  }
  EXPECT_LE(std::ranges::count(ways, copy, &ImageWay::rung), 1);
}

// Everything that both sides can do with a format is offered, unless there is a better format.
void expect_complete(const ScanoutWish& wish, const GpuImageFormats& gpu,
                     const std::vector<ImageWay>& ways) {
  for (const GpuFormat& format : gpu) {
    if (format.format == rg16) continue;
    for (const Modifier modifier : format.modifiers) {
      const ImageWay way = of_modifier(format.format, modifier);
      const bool shown = std::ranges::all_of(
          wish.planes, [&](const PlaneFormats& plane) { return lists_it(plane, way); });
      const bool wanted =
          wish.explicit_modifiers && shown && modifier != lines && modifier != unknown;
      EXPECT_EQ(std::ranges::count(ways, way), wanted ? 1 : 0);
    }
  }
}

TEST(ImageLadder, OnAnyHardwareItOffersAllThatCanWorkAndNothingElse) {
  AnyHardware hardware{42};
  std::size_t reached[5] = {};
  for (int i = 0; i < 20'000; ++i) {
    const ScanoutWish wish = hardware.wish();
    const GpuImageFormats gpu = hardware.gpu();
    const auto ways = image_ways(wish, gpu);
    expect_sound(wish, gpu, ways);
    expect_complete(wish, gpu, ways);
    for (const ImageWay& way : ways) ++reached[static_cast<std::size_t>(way.rung)];
    if (HasFailure()) FAIL() << "hardware " << i;
  }
  for (const std::size_t count : reached) EXPECT_GT(count, 1000U);
}

}  // namespace
}  // namespace drmshow
