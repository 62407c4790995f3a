// 16.16 unsigned fixed point: the unit of a plane's SRC_X, SRC_Y, SRC_W and SRC_H properties
// (kernel doc, "Plane Composition Properties"). CRTC_* are plain pixels: a type of their own keeps
// the two from being mixed.
#pragma once

#include <cstdint>

namespace drmshow {

class Fixed16_16 {
 public:
  constexpr Fixed16_16() = default;
  static constexpr Fixed16_16 from_int(int whole) {
    return Fixed16_16{static_cast<std::uint32_t>(whole) << 16};
  }
  static constexpr Fixed16_16 from_raw(std::uint32_t raw) { return Fixed16_16{raw}; }

  constexpr std::uint32_t raw() const { return raw_; }
  constexpr double value() const { return raw_ / 65536.0; }
  constexpr int whole() const { return static_cast<int>(raw_ >> 16); }
  friend constexpr auto operator<=>(Fixed16_16, Fixed16_16) = default;

 private:
  constexpr explicit Fixed16_16(std::uint32_t raw) : raw_{raw} {}
  std::uint32_t raw_ = 0;
};

}  // namespace drmshow
