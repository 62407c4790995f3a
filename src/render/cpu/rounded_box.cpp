#include "render/cpu/rounded_box.hpp"

#include <algorithm>
#include <cmath>

namespace drmshow {
namespace {

unsigned rounded_corner(int dx, int dy, int radius) {
  const double distance = std::hypot(dx + 0.5, dy + 0.5);
  return static_cast<unsigned>(std::lround(255 * std::clamp(radius - distance + 0.5, 0.0, 1.0)));
}

}  // namespace

Mask rounded_box(Size size, int radius, int shade) {
  Mask box{size};
  for (int y = 0; y < size.height; ++y) {
    const int dy = radius - 1 - std::min(y, size.height - 1 - y);
    auto row = box.row(y);
    std::fill(row.begin(), row.end(), static_cast<std::uint8_t>(shade));
    for (int x = 0; dy >= 0 && x < radius; ++x) {
      const unsigned covered = rounded_corner(radius - 1 - x, dy, radius);
      const auto value = static_cast<std::uint8_t>(static_cast<unsigned>(shade) * covered / 255);
      row[static_cast<std::size_t>(x)] = row[static_cast<std::size_t>(size.width - 1 - x)] = value;
    }
  }
  return box;
}

}  // namespace drmshow
