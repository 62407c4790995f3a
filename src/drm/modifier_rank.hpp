// How much memory bandwidth a modifier saves. Pure.
#pragma once

#include <cstdint>

#include "drm-show/modifier.hpp"

namespace drmshow {

namespace modifiers {
inline constexpr Modifier linear{0};
/// The kernel's "nobody says which": only the driver knows (DRM_FORMAT_MOD_INVALID).
inline constexpr Modifier invalid{0x00ff'ffff'ffff'ffff};
}  // namespace modifiers

/// Better ones first.
enum class ModifierRank : std::uint8_t {
  compressed,  ///< without loss, as far as scanout has it: less to read for the display
  tiled,       ///< neighbours in all directions are neighbours in memory: better for the GPU
  linear,
};

/// Tiled for those that are not known here. Not for modifiers::invalid.
ModifierRank modifier_rank(Modifier modifier);

}  // namespace drmshow
