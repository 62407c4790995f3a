#include "drm/modifier_rank.hpp"

#include <drm_fourcc.h>

namespace drmshow {
namespace {

// drm_fourcc.h's macros for whole modifiers have C casts in them: so their payloads are here, and
// what older headers do not have. Source: Linux 7.2's.
constexpr std::uint8_t vendor_apple = 0x0c;
constexpr std::uint64_t qcom_compressed = 1;
constexpr std::uint64_t apple_gpu_tiled_compressed = 2;

constexpr std::uint64_t payload_bits = 0x00ff'ffff'ffff'ffff;  ///< all but the vendor

// I915_FORMAT_MOD_*: numbered as they came. All but X, Y, Yf and 4 tiles have a CCS, up to
// 4_TILED_BMG_CCS; what may come after it is not known.
bool intel_compresses(std::uint64_t value) {
  constexpr std::uint64_t x_tiled = 1;
  constexpr std::uint64_t y_tiled = 2;
  constexpr std::uint64_t yf_tiled = 3;
  constexpr std::uint64_t tiled_4 = 9;
  constexpr std::uint64_t newest_known = 17;
  const bool plain = value == x_tiled || value == y_tiled || value == yf_tiled || value == tiled_4;
  return !plain && value <= newest_known;
}

// DRM_FORMAT_MOD_NVIDIA_BLOCK_LINEAR_2D: bit 4 is always set, 25:23 say how it is compressed.
bool nvidia_compresses(std::uint64_t value) {
  constexpr std::uint64_t block_linear = 0x10;
  return (value & block_linear) != 0 && (value >> 23 & 7) != 0;
}

// DRM_FORMAT_MOD_ARM_CODE: the type is in bits 55:52.
bool arm_compresses(std::uint64_t value) {
  const std::uint64_t type = value >> 52;
  return type == DRM_FORMAT_MOD_ARM_TYPE_AFBC || type == DRM_FORMAT_MOD_ARM_TYPE_AFRC;
}

// VIVANTE_MOD_COMP_MASK: bits 55:52.
bool vivante_compresses(std::uint64_t value) {
  return value >> 52 != 0;
}

bool compresses(Modifier modifier) {
  const std::uint64_t value = modifier.value() & payload_bits;
  switch (modifier.vendor()) {
    case DRM_FORMAT_MOD_VENDOR_INTEL:
      return intel_compresses(value);
    case DRM_FORMAT_MOD_VENDOR_AMD:
      return (value >> AMD_FMT_MOD_DCC_SHIFT & AMD_FMT_MOD_DCC_MASK) != 0;
    case DRM_FORMAT_MOD_VENDOR_NVIDIA:
      return nvidia_compresses(value);
    case DRM_FORMAT_MOD_VENDOR_QCOM:
      return value == qcom_compressed;
    case DRM_FORMAT_MOD_VENDOR_VIVANTE:
      return vivante_compresses(value);
    case DRM_FORMAT_MOD_VENDOR_ARM:
      return arm_compresses(value);
    case DRM_FORMAT_MOD_VENDOR_AMLOGIC:
      return true;  // it has defined nothing but frame buffer compression
    case vendor_apple:
      return value == apple_gpu_tiled_compressed;
    default:
      return false;
  }
}

}  // namespace

ModifierRank modifier_rank(Modifier modifier) {
  if (modifier == modifiers::linear) return ModifierRank::linear;
  return compresses(modifier) ? ModifierRank::compressed : ModifierRank::tiled;
}

}  // namespace drmshow
