// A ring as data, and back: for whoever begins to read in the middle. Pure.
#pragma once

#include <optional>

#include "drm-show/record_event.hpp"

namespace drmshow {

/// `stream` is left 0.
RingRecord ring_state(const FrameRing& ring) noexcept;

/// It was aborted: nothing is shown any more.
bool is_aborted(const RingRecord& state);

/// Nothing if no ring can be like that.
std::optional<FrameRing> restored_ring(const StreamRecord& shape, const RingRecord& state);

}  // namespace drmshow
