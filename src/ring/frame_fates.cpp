#include "ring/frame_fates.hpp"

#include <algorithm>

namespace drmshow {
namespace {

bool on_its_way(const FrameRing& ring, Frame frame, int output) {
  if (ring.number(frame.slot) != frame.number) return false;
  return ring.wanted(frame.slot, output) || ring.pending(output) == frame;
}

// The newest finished frame that the output still has to take.
std::uint64_t newest_ready(const FrameRing& ring, int output) {
  std::uint64_t newest = 0;
  for (int i = 0; i < ring.slots(); ++i) {
    if (ring.wanted(i, output) && !ring.unsignalled(i)) newest = std::max(newest, ring.number(i));
  }
  return newest;
}

}  // namespace

bool any_fate(const FrameRing& before, const FrameRing& after, int output) {
  const FrameCounts then = before.counts(output);
  const FrameCounts now = after.counts(output);
  return now.superseded != then.superseded || now.cancelled != then.cancelled;
}

// One step supersedes frames of an output, or cancels them, but not both.
std::optional<FrameFate> fate_of(const FrameRing& before, const FrameRing& after, int slot,
                                 int output) {
  const Frame frame{static_cast<std::uint8_t>(slot), before.number(slot)};
  if (!on_its_way(before, frame, output) || on_its_way(after, frame, output)) return std::nullopt;
  if (after.scanout(output) == frame) return std::nullopt;
  FrameFate fate{.output = static_cast<std::uint8_t>(output), .frame = frame};
  fate.superseded = after.counts(output).superseded != before.counts(output).superseded;
  if (fate.superseded) fate.by = newest_ready(after, output);
  return fate;
}

}  // namespace drmshow
