// How the frames of an output come onto the screen, and what is learned from it.
#pragma once

#include <optional>

#include "drm-show/frame_stats.hpp"
#include "ring/pacer.hpp"

namespace drmshow {

struct FrameTrack {
  FrameTrack(Nanoseconds period, Pacer::Source source) : pacer{period, source} {}

  /// A frame has come onto the screen; what was missed before it.
  Miss shown(const ShownFrame& frame);
  /// The next frame has no predecessor to measure from.
  void forget_last();
  std::uint64_t missed() const;

  Pacer pacer;
  OutputStats stats;
  std::optional<ShownFrame> last;
  Nanoseconds last_latency{};
};

}  // namespace drmshow
