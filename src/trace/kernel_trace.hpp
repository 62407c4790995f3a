// The kernel's tracepoints, as tracefs tells them in text (trace_pipe). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "drm-show/time.hpp"

namespace drmshow {

/// A line like
///   drm-show-160  [000] d..1.    11.360993: drm_vblank_event_delivered: file=00…, crtc=0, seq=0
/// with trace_clock `mono`, which is Clock, to a microsecond.
struct KernelEvent {
  Time time{};
  int pid = 0;
  std::string task;
  std::string name;
  std::string fields;

  /// "0" of "crtc=0, seq=0" for "crtc"; empty if there is none.
  std::string_view field(std::string_view key) const;
  std::optional<std::uint64_t> number(std::string_view key) const;
};

/// Nothing for lines that are none: heads, "CPU:0 [LOST 12 EVENTS]".
std::optional<KernelEvent> parse_kernel_event(std::string_view line);
/// How many events such a line says were lost; 0 for others.
std::uint64_t lost_kernel_events(std::string_view line);

}  // namespace drmshow
