#include "record/ring_state.hpp"

#include <cstddef>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

std::uint8_t flag(bool set, std::uint8_t value) {
  return set ? value : std::uint8_t{0};
}

}  // namespace

/// FrameRing lets it in.
class RingAccess {
 public:
  static RingRecord::Slot slot(const FrameRing::Slot& slot) {
    RingRecord::Slot record{};
    record.number = slot.number;
    record.wanted = slot.wanted;
    record.flags = static_cast<std::uint8_t>(flag(slot.drawing, RingRecord::Slot::drawing) |
                                             flag(slot.unsignalled, RingRecord::Slot::unsignalled) |
                                             flag(slot.held, RingRecord::Slot::held));
    record.fence = slot.fence;
    return record;
  }

  static RingRecord::Output output(const FrameRing::Output& output) {
    RingRecord::Output record{};
    record.cookie = output.cookie;
    record.pending = output.pending;
    record.scanout = output.scanout;
    record.flags = static_cast<std::uint8_t>(
        flag(output.modeset_pending, RingRecord::Output::modeset_pending) |
        flag(output.needs_modeset, RingRecord::Output::needs_modeset) |
        flag(output.away, RingRecord::Output::away));
    record.submitted = output.counts.submitted;
    record.shown = output.counts.shown;
    record.superseded = output.counts.superseded;
    record.cancelled = output.counts.cancelled;
    return record;
  }

  static RingRecord ring(const FrameRing& ring) {
    RingRecord record{};
    record.flags = static_cast<std::uint8_t>(flag(ring.closed_, RingRecord::closed) |
                                             flag(ring.aborted_, RingRecord::aborted));
    record.last_number = ring.last_number_;
    record.last_cookie = ring.last_cookie_;
    for (std::size_t i = 0; i < record.slots.size(); ++i) record.slots[i] = slot(ring.slots_[i]);
    for (std::size_t i = 0; i < record.outputs.size(); ++i) {
      record.outputs[i] = output(ring.outputs_[i]);
    }
    return record;
  }

  static FrameRing restored(const StreamRecord& shape, const RingRecord& state) {
    FrameRing ring{shape.slots, shape.policy, shape.outputs, shape.slot_return};
    ring.closed_ = (state.flags & RingRecord::closed) != 0;
    ring.aborted_ = (state.flags & RingRecord::aborted) != 0;
    ring.last_number_ = state.last_number;
    ring.last_cookie_ = state.last_cookie;
    for (int i = 0; i < ring.slots(); ++i) {
      const RingRecord::Slot& from = state.slots[FrameRing::index(i)];
      ring.slots_[FrameRing::index(i)] = {from.number,
                                          from.wanted,
                                          (from.flags & RingRecord::Slot::drawing) != 0,
                                          (from.flags & RingRecord::Slot::unsignalled) != 0,
                                          (from.flags & RingRecord::Slot::held) != 0,
                                          from.fence};
    }
    for (int i = 0; i < ring.outputs(); ++i) {
      const RingRecord::Output& from = state.outputs[FrameRing::index(i)];
      ring.outputs_[FrameRing::index(i)] = {
          from.cookie,
          from.pending,
          from.scanout,
          (from.flags & RingRecord::Output::modeset_pending) != 0,
          (from.flags & RingRecord::Output::needs_modeset) != 0,
          (from.flags & RingRecord::Output::away) != 0,
          {from.submitted, from.shown, from.superseded, from.cancelled}};
    }
    return ring;
  }

  static bool is_slot(const StreamRecord& shape, std::uint8_t slot) {
    return slot < shape.slots || slot == FrameRing::no_slot;
  }
};

namespace {

bool makes_sense(const StreamRecord& shape) {
  return (shape.policy == RingPolicy::fifo || shape.policy == RingPolicy::mailbox) &&
         (shape.slot_return == SlotReturn::flip || shape.slot_return == SlotReturn::release) &&
         shape.slots <= FrameRing::most_slots && shape.outputs <= FrameRing::most_outputs;
}

bool makes_sense(const StreamRecord& shape, const RingRecord& state) {
  for (std::size_t i = 0; i < shape.slots; ++i) {
    const RingRecord::Slot& slot = state.slots[i];
    if (slot.number > state.last_number || slot.fence > RenderFence::native ||
        (slot.wanted >> shape.outputs) != 0) {
      return false;
    }
  }
  for (std::size_t i = 0; i < shape.outputs; ++i) {
    const RingRecord::Output& output = state.outputs[i];
    if (!RingAccess::is_slot(shape, output.pending) ||
        !RingAccess::is_slot(shape, output.scanout) || output.cookie > state.last_cookie) {
      return false;
    }
  }
  return true;
}

}  // namespace

RingRecord ring_state(const FrameRing& ring) noexcept {
  return RingAccess::ring(ring);
}

bool is_aborted(const RingRecord& state) {
  return (state.flags & RingRecord::aborted) != 0;
}

std::optional<FrameRing> restored_ring(const StreamRecord& shape, const RingRecord& state) {
  if (!makes_sense(shape) || !makes_sense(shape, state)) return std::nullopt;
  try {
    return RingAccess::restored(shape, state);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace drmshow
