// What --stats prints when drm-show ends. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "drm-show/frame_stats.hpp"
#include "drm-show/geometry.hpp"
#include "show/gpu_account.hpp"

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
  std::optional<GpuAccount> gpu{};  ///< nothing if the CPU draws
};

/// For programs: one JSON object in a line. Times are in microseconds.
std::string stats_json(std::span<const NamedStats> outputs);

/// Frames that were drawn without a display.
struct HeadlessStats {
  std::uint64_t frames;
  Size size;
  Nanoseconds took;
  std::optional<GpuAccount> gpu{};  ///< nothing if the CPU draws
};

/// Likewise, but in seconds.
std::string stats_json(const HeadlessStats& stats);

}  // namespace drmshow
