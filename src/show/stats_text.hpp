// What --stats prints when drm-show ends. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "drm-show/frame_stats.hpp"

namespace drmshow {

enum class StatsCharset : std::uint8_t { utf8, ascii };

/// For people: counts, missed blanks, a table of times and two histograms. `context` says what was
/// shown how ("1920x1080@60, 3 framebuffers"); it may be empty. No line is wider than `width`,
/// which counts as 60 if it is less, except by what the name and the context need.
std::string stats_text(const std::string& output_name, const OutputStats& stats,
                       std::string_view context, int width,
                       StatsCharset charset = StatsCharset::utf8);

struct NamedStats {
  std::string name;  ///< of the output
  std::string mode;
  const OutputStats& stats;
};

/// For programs: one JSON object in a line. Times are in microseconds.
std::string stats_json(std::span<const NamedStats> outputs);

}  // namespace drmshow
