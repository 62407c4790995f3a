#include "wayland/window_geometry.hpp"

#include <algorithm>
#include <cstdint>

namespace drmshow {
namespace {

/// wp_fractional_scale_v1: "rounded half away from zero".
int scaled_length(int logical, WindowScale scale) {
  const auto in_120ths = std::int64_t{logical} * scale.in_120ths();
  return static_cast<int>((in_120ths + WindowScale::one / 2) / WindowScale::one);
}

struct Interval {
  int begin;
  int end;
};

/// What `part` of `pixels` pixels is of `logical` units, rounded outwards.
Interval outwards(Interval part, int pixels, int logical) {
  const auto down = std::int64_t{part.begin} * logical / pixels;
  const auto up = (std::int64_t{part.end} * logical + pixels - 1) / pixels;
  return {static_cast<int>(down), static_cast<int>(up)};
}

Interval clipped(int at, int length, int most) {
  const int begin = std::clamp(at, 0, most);
  return {begin, std::clamp(at + length, begin, most)};
}

}  // namespace

WindowGeometry window_geometry(Size logical, WindowScale scale, ScaledBy how) {
  logical = {std::max(logical.width, 1), std::max(logical.height, 1)};
  if (how == ScaledBy::buffer_scale) {
    const int factor = std::max(scale.rounded_up(), 1);
    return {logical, {logical.width * factor, logical.height * factor}, factor, false};
  }
  const Size pixels{std::max(scaled_length(logical.width, scale), 1),
                    std::max(scaled_length(logical.height, scale), 1)};
  return {logical, pixels, 1, true};
}

Rect in_surface_units(Rect pixels, const WindowGeometry& geometry) {
  const Size all = geometry.pixels;
  if (all.empty()) return {};
  const auto across =
      outwards(clipped(pixels.x, pixels.width, all.width), all.width, geometry.logical.width);
  const auto down =
      outwards(clipped(pixels.y, pixels.height, all.height), all.height, geometry.logical.height);
  return {{across.begin, down.begin}, {across.end - across.begin, down.end - down.begin}};
}

}  // namespace drmshow
