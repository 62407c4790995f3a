// Ramps and patches of level: banding, gamma, and clipping near black and white.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "render/cpu/pattern_factories.hpp"
#include "render/cpu/pattern_shapes.hpp"
#include "render/cpu/pattern_text.hpp"

namespace drmshow {
namespace {

constexpr Pixel channel_colours[] = {white, rgb(255, 0, 0), rgb(0, 255, 0), rgb(0, 0, 255)};
constexpr int channels = 4;
constexpr int steps = 32;

std::array<Pixel, steps> step_levels() {
  std::array<Pixel, steps> levels{};
  for (int i = 0; i < steps; ++i) {
    levels[static_cast<std::size_t>(i)] = gray(static_cast<unsigned>(fraction(255, i, steps - 1)));
  }
  return levels;
}

struct GammaPatch {
  double exponent;
  const char* label;
};
constexpr GammaPatch gammas[] = {
    {1.8, "1.8"}, {2.0, "2.0"}, {2.2, "2.2"}, {2.4, "2.4"}, {2.6, "2.6"}};
constexpr int gamma_count = 5;

/// The level that emits half of what 255 does, in every channel that `colour` has.
Pixel half_light(Pixel colour, double exponent) {
  const auto level = static_cast<Pixel>(std::lround(255 * std::pow(0.5, 1 / exponent)));
  return 0xff000000u | (colour & (level * 0x010101u));
}

/// Lines of full and no light, with solid patches that should vanish, one for each gamma.
void add_gamma_row(ShapeList& shapes, Rect row, Pixel colour) {
  shapes.add<Stripes>(row, Axis::vertical, 1, colour, black);
  const int inset = row.height / 6;
  for (int i = 0; i < gamma_count; ++i) {
    const int slot = row.width / gamma_count;
    const int left = row.x + fraction(row.width, i, gamma_count) + slot / 5;
    shapes.add<Fill>(rect_between(left, row.y + inset, left + slot * 3 / 5, row.bottom() - inset),
                     half_light(colour, gammas[i].exponent));
  }
}

constexpr int patch_count = 16;

/// Sixteen numbered patches from level `first` up, on a background of `base`.
std::unique_ptr<Picture> level_patches(Size size, unsigned base, unsigned first, Pixel ink) {
  const int columns = size.width >= size.height ? 8 : 2;
  const int rows = patch_count / columns;
  const int gap = std::min(size.width / columns, size.height / rows) / 8;
  ShapeList shapes;
  for (int i = 0; i < patch_count; ++i) {
    const int column = i % columns;
    const int line = i / columns;
    const Rect patch = rect_between(fraction(size.width - gap, column, columns) + gap,
                                    fraction(size.height - gap, line, rows) + gap,
                                    fraction(size.width - gap, column + 1, columns),
                                    fraction(size.height - gap, line + 1, rows));
    const unsigned level = first + static_cast<unsigned>(i);
    shapes.add<Fill>(patch, gray(level));
    add_text(shapes, fmt::format("{}", level), patch, std::min(patch.width / 3, patch.height / 4),
             ink);
  }
  return std::make_unique<ShapeScene>(size, gray(base), std::move(shapes));
}

}  // namespace

std::unique_ptr<Picture> make_gradient(Size size) {
  constexpr int bands = channels + 1;
  ShapeList shapes;
  for (int i = 0; i < bands; ++i) {
    const Rect band = rect_between(0, fraction(size.height, i, bands), size.width,
                                   fraction(size.height, i + 1, bands));
    if (i < channels) {
      shapes.add<Ramp>(band, Axis::horizontal, black, channel_colours[i]);
    } else {
      add_columns(shapes, band, step_levels());
    }
  }
  return std::make_unique<ShapeScene>(size, black, std::move(shapes));
}

std::unique_ptr<Picture> make_gamma(Size size) {
  const int header = size.height / 12;
  ShapeList shapes;
  for (int i = 0; i < gamma_count; ++i) {
    const Rect head = rect_between(fraction(size.width, i, gamma_count), 0,
                                   fraction(size.width, i + 1, gamma_count), header);
    add_text(shapes, gammas[i].label, head, std::min(header * 2 / 3, head.width / 3), gray(192));
  }
  for (int i = 0; i < channels; ++i) {
    const int top = header + fraction(size.height - header, i, channels);
    const int bottom = header + fraction(size.height - header, i + 1, channels);
    add_gamma_row(shapes, rect_between(0, top, size.width, bottom), channel_colours[i]);
  }
  return std::make_unique<ShapeScene>(size, black, std::move(shapes));
}

std::unique_ptr<Picture> make_near_black(Size size) {
  return level_patches(size, 0, 1, gray(72));
}

std::unique_ptr<Picture> make_near_white(Size size) {
  return level_patches(size, 255, 239, gray(160));
}

}  // namespace drmshow
