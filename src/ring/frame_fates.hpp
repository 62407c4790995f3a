// Which frames have no future after a step of the ring, and why: the ring counts them only. Pure,
// without allocation: two states of a ring are compared.
#pragma once

#include <cstdint>
#include <optional>

#include "drm-show/frame_ring.hpp"

namespace drmshow {

/// A frame that an output was to show and will not.
struct FrameFate {
  bool superseded = false;  ///< or else cancelled
  std::uint8_t output = 0;
  Frame frame;
  std::uint64_t by = 0;  ///< if superseded: the number of the newer frame
  friend bool operator==(const FrameFate&, const FrameFate&) = default;
};

/// By the one step that leads from `before` to `after`: what became of the frame in `slot` for this
/// output. Nothing if it is still on its way, is shown, or was not to be shown.
std::optional<FrameFate> fate_of(const FrameRing& before, const FrameRing& after, int slot,
                                 int output);
/// Whether there is any for this output.
bool any_fate(const FrameRing& before, const FrameRing& after, int output);

/// Tells each, by output and then by slot.
template <class Tell>
void tell_fates(const FrameRing& before, const FrameRing& after, const Tell& tell) {
  for (int output = 0; output < before.outputs(); ++output) {
    if (!any_fate(before, after, output)) continue;
    for (int slot = 0; slot < before.slots(); ++slot) {
      if (const auto fate = fate_of(before, after, slot, output)) tell(*fate);
    }
  }
}

}  // namespace drmshow
