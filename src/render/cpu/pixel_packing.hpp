// Pixels as the formats that we paint store them. Pure.
#pragma once

#include <cstdint>
#include <span>

#include "drm-show/picture.hpp"

namespace drmshow {

constexpr std::uint16_t to_rgb565(Pixel pixel) {
  return static_cast<std::uint16_t>((pixel >> 8 & 0xf800) | (pixel >> 5 & 0x07e0) |
                                    (pixel >> 3 & 0x001f));
}

inline void pack_rgb565(std::span<const Pixel> row, std::span<std::uint16_t> packed) {
  for (std::size_t i = 0; i < row.size(); ++i) packed[i] = to_rgb565(row[i]);
}

}  // namespace drmshow
