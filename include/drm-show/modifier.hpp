// Format modifiers: how the pixels of a format are laid out in memory (drm_fourcc.h).
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "drm-show/export.hpp"

namespace drmshow {

class Modifier {
 public:
  constexpr Modifier() = default;  // LINEAR
  constexpr explicit Modifier(std::uint64_t value) : value_{value} {}

  constexpr std::uint64_t value() const { return value_; }
  /// Who defined it (DRM_FORMAT_MOD_VENDOR_*): the uppermost 8 bits.
  constexpr std::uint8_t vendor() const { return static_cast<std::uint8_t>(value_ >> 56); }
  friend constexpr auto operator<=>(Modifier, Modifier) = default;

 private:
  std::uint64_t value_ = 0;
};

/// Without the number: "LINEAR", "INVALID", "INTEL_Y_TILED", "AMD_GFX9,64KB_S,DCC"; where libdrm
/// knows no name: "INTEL_0x00000000000042".
DRMSHOW_API std::string modifier_name(Modifier);

/// With it: "INTEL_Y_TILED (0x0100000000000002)", "LINEAR (0x0)".
DRMSHOW_API std::string to_string(Modifier);

}  // namespace drmshow
