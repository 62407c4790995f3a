// The part of a timeline that is worth looking at. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "trace/timeline.hpp"

namespace drmshow {

/// A little time before and after the frame: a number, STREAM:NUMBER, or "missed" for the last one
/// that came too late. Nothing if there is no such frame. Throws Error (usage).
std::optional<TimelineSpan> span_around(const Timeline& timeline, std::string_view frame, int pid);

}  // namespace drmshow
