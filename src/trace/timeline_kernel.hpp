// The kernel's events on a timeline. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "trace/kernel_match.hpp"
#include "trace/kernel_trace.hpp"
#include "trace/timeline.hpp"

namespace drmshow {

/// Tracks for each CRTC's vertical blanks and events, for fences from their making to their signal,
/// and for who waits for them. `flow_of_event`: frames that events belong to.
TimelineGroup kernel_group(std::span<const KernelEvent> events,
                           const std::map<std::size_t, std::uint64_t>& flow_of_event);

}  // namespace drmshow
