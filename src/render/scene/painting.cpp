#include "render/scene/painting.hpp"

namespace drmshow {

float scatter(int x, int y, std::uint32_t seed) {
  std::uint32_t h = static_cast<std::uint32_t>(x) * 0x8da6b343u ^
                    static_cast<std::uint32_t>(y) * 0xd8163841u ^ seed * 0xcb1ab31fu;
  h = (h ^ h >> 16) * 0x7feb352du;
  h = (h ^ h >> 15) * 0x846ca68bu;
  return static_cast<float>((h ^ h >> 16) >> 8) / 16777216.0f;
}

float noise(float x, float y, Period period, std::uint32_t seed) {
  const float left = std::floor(x);
  const float top = std::floor(y);
  const auto wrapped = [](float at, int length) {
    const int whole = static_cast<int>(at) % length;
    return whole < 0 ? whole + length : whole;
  };
  const int x0 = wrapped(left, period.x);
  const int y0 = wrapped(top, period.y);
  const int x1 = (x0 + 1) % period.x;
  const int y1 = (y0 + 1) % period.y;
  const float across = step(0, 1, x - left);
  const float down = step(0, 1, y - top);
  const auto row = [&](int at) {
    const float a = scatter(x0, at, seed);
    return a + (scatter(x1, at, seed) - a) * across;
  };
  const float upper = row(y0);
  return upper + (row(y1) - upper) * down;
}

float cloud(float x, float y, Period period, int octaves, std::uint32_t seed) {
  float sum = 0;
  float weights = 0;
  float weight = 1;
  for (int i = 0; i < octaves; ++i) {
    sum += weight * noise(x, y, period, seed + static_cast<std::uint32_t>(i));
    weights += weight;
    weight /= 2;
    x *= 2;
    y *= 2;
    period = {period.x * 2, period.y * 2};
  }
  return sum / weights;
}

}  // namespace drmshow
