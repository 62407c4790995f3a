// Which tracepoint of the kernel belongs to which page flip. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "drm-show/time.hpp"
#include "trace/kernel_trace.hpp"
#include "trace/timeline_builder.hpp"

namespace drmshow {

struct FlipMatches {
  std::size_t flips = 0;
  std::size_t matched = 0;
  /// The largest difference between a flip's time and what the kernel says of that vertical blank
  /// (drm_vblank_event) or, if displays have none, the time of the event's delivery.
  Nanoseconds largest{};
  /// The longest time from a flip to the delivery of its event.
  Nanoseconds delivery{};
  /// For each flip the event, or nothing.
  std::vector<std::optional<std::size_t>> event_of;
  /// The kernel's number of the CRTC of each (stream, output): the one with which most flips match.
  std::map<std::pair<std::uint8_t, std::uint8_t>, std::uint64_t> crtc_of;
};

/// A flip's event is the drm_vblank_event_delivered of its CRTC with the same count of vertical
/// blanks that is nearest in time. Where a display counts none (both are 0), time alone decides.
/// Commits without an event for anybody (file=0) are not flips.
FlipMatches match_flips(std::span<const TimelineFlip> flips, std::span<const KernelEvent> events);

/// "59 of 60 page flips found among the kernel's events: times differ by 0.001 ms at most, and
/// events were delivered 0.300 ms later at most"
std::string match_text(const FlipMatches& matches);

}  // namespace drmshow
