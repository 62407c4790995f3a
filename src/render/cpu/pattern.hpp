// The test patterns by name. Every pattern fits any size from 1x1 to 16384x16384, is the same on
// every run, and is gamma-naive: levels are the 8-bit full-range code values sent to the display.
#pragma once

#include <span>
#include <string_view>

#include "drm-show/content.hpp"  // make_pattern()
#include "drm-show/picture.hpp"

namespace drmshow {

struct PatternInfo {
  std::string_view name;
  std::string_view summary;
};

/// The widest and highest picture that make_pattern() draws, in pixels.
inline constexpr int max_pattern_extent = 16384;
/// Throws Error (usage) if a picture of this size is not drawn.
void check_pattern_size(Size size);

/// All patterns, in the order in which to list them; the first is the default.
std::span<const PatternInfo> patterns();

}  // namespace drmshow
