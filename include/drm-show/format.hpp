// Pixel formats, by DRM fourcc (drm_fourcc.h).
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "drm-show/export.hpp"

namespace drmshow {

class Format {
 public:
  constexpr Format() = default;
  constexpr explicit Format(std::uint32_t fourcc) : fourcc_{fourcc} {}

  static constexpr Format from_chars(char a, char b, char c, char d) {
    return Format{static_cast<std::uint32_t>(static_cast<unsigned char>(a)) |
                  static_cast<std::uint32_t>(static_cast<unsigned char>(b)) << 8 |
                  static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 16 |
                  static_cast<std::uint32_t>(static_cast<unsigned char>(d)) << 24};
  }

  constexpr std::uint32_t fourcc() const { return fourcc_; }
  friend constexpr auto operator<=>(Format, Format) = default;

 private:
  std::uint32_t fourcc_ = 0;
};

namespace formats {
/// What every driver with dumb buffers is expected to scan out; the format Pixel has.
inline constexpr Format xrgb8888 = Format::from_chars('X', 'R', '2', '4');
inline constexpr Format rgb565 = Format::from_chars('R', 'G', '1', '6');
}  // namespace formats

/// "XRGB8888 (XR24)"; bytes that are not printable are shown as '?'.
DRMSHOW_API std::string to_string(Format);

}  // namespace drmshow
