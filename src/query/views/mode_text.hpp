// Modes and sizes as text. Pure.
#pragma once

#include <optional>
#include <string>

#include "drm-show/geometry.hpp"
#include "drm-show/mode.hpp"
#include "query/text/style.hpp"

namespace drmshow {

/// "1920x1080 @ 59.94 Hz"; without a rate that is not known; at worst the driver's name for it.
std::string mode_text(const TextStyle& style, const Mode& mode);

/// "preferred, current, +hsync, -vsync, 16:9"
std::string mode_remarks(const TextStyle& style, const Mode& mode,
                         const std::optional<Mode>& current);

/// "148.500 MHz, horizontal 1920 2008 2052 2200, vertical 1080 1084 1089 1125": pixels or lines
/// until the picture, the blank before the sync pulse, the pulse and the whole line or frame end.
std::string timings_text(const Mode& mode);

/// "27.2″", the diagonal; in ASCII "27.2 in". Empty for a size that is not known.
std::string inches_text(const TextStyle& style, Size mm);

}  // namespace drmshow
