// A timeline as a file, piece by piece. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "trace/timeline.hpp"

namespace drmshow {

/// Gets the file's bytes, in order.
using TimelineSink = std::function<void(std::string_view)>;

/// Perfetto's own format, for ui.perfetto.dev and its trace processor.
void write_perfetto(const Timeline& timeline, const TimelineSink& sink);
/// Chrome's trace event format: for chrome://tracing, Perfetto, Speedscope, and for scripts.
void write_chrome_json(const Timeline& timeline, const TimelineSink& sink);
/// A picture of all of it.
void write_timeline_svg(const Timeline& timeline, const TimelineSink& sink);

enum class TimelineFormat : std::uint8_t { perfetto, json, svg };
void write_timeline(const Timeline& timeline, TimelineFormat format, const TimelineSink& sink);
/// By how the file's name ends: .json, .svg, all others are Perfetto's.
TimelineFormat timeline_format_of(std::string_view file);

}  // namespace drmshow
