// What procedural textures are painted with: noise, mixtures, and pixels from a function. Pure,
// and the same on every machine: noise comes from integers.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "base/vec3.hpp"
#include "render/scene/texture.hpp"

namespace drmshow {

inline constexpr float kTurn = 2 * std::numbers::pi_v<float>;

/// 0 to 1, different for each place and seed.
float scatter(int x, int y, std::uint32_t seed);

/// Smooth noise from 0 to 1 that repeats after `period` (x and y, whole numbers) in its own unit.
struct Period {
  int x;
  int y;
};
float noise(float x, float y, Period period, std::uint32_t seed);

/// `octaves` of it, each twice as fine and half as strong.
float cloud(float x, float y, Period period, int octaves, std::uint32_t seed);

inline Vec3 mix(const Vec3& a, const Vec3& b, float part) {
  return a + (b - a) * part;
}

/// 0 below `low`, 1 above `high`, smooth between them.
inline float step(float low, float high, float x) {
  const float t = std::clamp((x - low) / (high - low), 0.0f, 1.0f);
  return t * t * (3 - 2 * t);
}

/// The distance of `x` to the nearest whole number.
inline float to_whole(float x) {
  return std::fabs(x - std::round(x));
}

inline Argb to_argb(const Vec3& colour) {
  const auto code = [](float value) {
    return static_cast<Argb>(std::clamp(value, 0.0f, 1.0f) * 255 + .5f);
  };
  return 0xff000000u | code(colour.x) << 16 | code(colour.y) << 8 | code(colour.z);
}

/// A texture from a function: Vec3 colour(float u, float v), both from 0 to 1.
template <class Colour>
Texture painted(Size size, const Colour& colour) {
  Texture texture{size, {}};
  texture.pixels.reserve(static_cast<std::size_t>(size.area()));
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      texture.pixels.push_back(
          to_argb(colour((static_cast<float>(x) + .5f) / static_cast<float>(size.width),
                         (static_cast<float>(y) + .5f) / static_cast<float>(size.height))));
  return texture;
}

}  // namespace drmshow
