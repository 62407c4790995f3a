// What must be true of every state.
#include "world.hpp"

namespace drmshow::model {

const char* World::check() const {
  if (error_) return error_;
  if (const char* wrong = check_slots()) return wrong;
  for (int i = 0; i < setup_.outputs; ++i) {
    if (const char* wrong = check_output(i)) return wrong;
  }
  return check_strangers();
}

const char* World::check_slots() const {
  int drawing = 0;
  for (int i = 0; i < setup_.slots; ++i) {
    const SlotUse use = ring_.use(i);
    if (use == SlotUse::drawing) ++drawing;
    const bool idle = use == SlotUse::drawing || use == SlotUse::free;
    if (idle && gpu_writes_[static_cast<std::size_t>(i)])
      return "I7: a slot is free while the GPU still writes to it";
    for (int o = 0; o < setup_.outputs; ++o) {
      const Kernel& kernel = kernel_[static_cast<std::size_t>(o)];
      const auto in = [&](const std::optional<Frame>& frame) { return frame && frame->slot == i; };
      if (idle && (in(kernel.screen) || in(kernel.queued)))
        return "I2: a slot that may be drawn into is on a display";
      if (idle && ring_.wanted(i, o)) return "I1: a slot is idle and ready";
      if (in(kernel.queued) && gpu_writes_[static_cast<std::size_t>(i)] &&
          ring_.fence(i) != RenderFence::native)
        return "I7: the kernel waits for a foreign fence";
    }
  }
  for (int i = 0; i < setup_.slots; ++i) {
    if (ring_.unsignalled(i) != gpu_writes_[static_cast<std::size_t>(i)])
      return "I7: the ring is wrong about a fence";
  }
  if (drawing > 1) return "I1: two slots are drawn into";
  if ((drawing == 1) != drawing_.has_value()) return "I1: who draws is not who has the slot";
  return nullptr;
}

const char* World::check_output(int output) const {
  const Kernel& kernel = kernel_[static_cast<std::size_t>(output)];
  const auto pending = ring_.pending(output);
  const auto scanout = ring_.scanout(output);
  if (pending.has_value() != (ring_.pending_cookie(output) != 0))
    return "I4: pending without a cookie";
  if (pending && scanout && pending->slot == scanout->slot) return "I1: pending and on the screen";
  for (int i = 0; i < setup_.slots; ++i) {
    if (!ring_.wanted(i, output)) continue;
    if (scanout && ring_.number(i) <= scanout->number)
      return "I3: an older frame waits to be shown";
    if (pending && pending->slot == i) return "I1: ready and pending";
  }
  if (pending && scanout && pending->number <= scanout->number)
    return "I3: an older frame is pending";
  if (setup_.policy == RingPolicy::fifo && ring_.counts(output).superseded != 0)
    return "I5: FIFO superseded a frame";
  if (over_) return nullptr;
  if (kernel.queued && pending != kernel.queued)
    return "I4: what the kernel has queued is not pending";
  if (!pending && kernel.screen != scanout) return "I4: the ring is wrong about the screen";
  return nullptr;
}

// Of every step, since states are the same whatever was counted on the way to them.
void World::check_counts() {
  for (int o = 0; o < setup_.outputs; ++o) {
    std::uint64_t in_ring = ring_.pending(o) ? 1 : 0;
    for (int i = 0; i < setup_.slots; ++i) in_ring += ring_.wanted(i, o) ? 1 : 0;
    const FrameCounts counts = ring_.counts(o);
    expect(counts.submitted == counts.shown + counts.superseded + counts.cancelled + in_ring,
           "I6: a frame was lost, or counted twice");
  }
}

// Handles and cookies of nobody are refused, and change nothing.
const char* World::check_strangers() const {
  FrameRing copy = ring_;
  bool taken = drawing_ && copy.acquire();
  for (int i = 0; i < setup_.slots; ++i) {
    const auto slot = static_cast<std::uint8_t>(i);
    for (const std::uint64_t number : {ring_.number(i) - 1, ring_.number(i) + 1}) {
      taken |= copy.submit({slot, number}) || copy.discard({slot, number}) ||
               copy.signalled({slot, number});
    }
    if (!(drawing_ && drawing_->slot == i)) {
      taken |= copy.submit({slot, ring_.number(i)}) || copy.discard({slot, ring_.number(i)});
    }
  }
  for (int o = 0; o < setup_.outputs; ++o) {
    const std::uint64_t wrong = ring_.pending_cookie(o) + 1;
    taken |= copy.refused(o, wrong) || copy.dropped(o, wrong) || copy.refused(o, 0) ||
             copy.flipped(o, ~std::uint64_t{0}) != FlipResult::unknown ||
             copy.flipped(o, 0) != FlipResult::unknown;
  }
  if (taken) return "I4, I5: a handle or cookie of nobody was taken";
  return copy == ring_ ? nullptr : "I4, I5: a handle or cookie of nobody changed something";
}

int World::rank(int slot) const {
  int rank = 0;
  for (int i = 0; i < setup_.slots; ++i) {
    const bool used = ring_.use(i) != SlotUse::free;
    rank += used && ring_.number(i) < ring_.number(slot) ? 1 : 0;
  }
  return rank;
}

namespace {

class Packer {
 public:
  void add(std::uint64_t value, int bits) {
    std::uint64_t& word = used_ + bits <= 64 ? key_.low : key_.high;
    word = word << bits | value;
    used_ += bits;
  }
  Key key() const { return key_; }

 private:
  Key key_;
  int used_ = 0;
};

std::uint64_t place(const std::optional<Frame>& frame) {
  return frame ? frame->slot + 1u : 0u;
}

}  // namespace

// Only ranks of the numbers matter, and of those only the ranks of frames that are in use: the
// others could be in any order.
Key World::key() const {
  Packer packer;
  for (int i = 0; i < setup_.slots; ++i) {
    const bool used = ring_.use(i) != SlotUse::free;
    packer.add(used ? static_cast<std::uint64_t>(rank(i)) + 1 : 0, 3);
    packer.add(static_cast<std::uint64_t>(ring_.use(i) == SlotUse::drawing), 1);
    packer.add(used && ring_.unsignalled(i) ? static_cast<std::uint64_t>(ring_.fence(i)) : 0, 2);
    for (int o = 0; o < setup_.outputs; ++o) packer.add(ring_.wanted(i, o), 1);
  }
  for (int o = 0; o < setup_.outputs; ++o) {
    const Kernel& kernel = kernel_[static_cast<std::size_t>(o)];
    packer.add(place(ring_.pending(o)), 3);
    packer.add(place(ring_.scanout(o)), 3);
    packer.add(ring_.needs_modeset(o), 1);
    packer.add(ring_.modeset_pending(o), 1);
    packer.add(ring_.away(o), 1);
    packer.add(place(kernel.screen), 3);
    packer.add(kernel.queued.has_value(), 1);
    packer.add(static_cast<std::uint64_t>(kernel.event), 2);
    packer.add(kernel.event != Event::none && kernel.event_cookie == ring_.pending_cookie(o), 1);
    packer.add(kernel.armed, 1);
    packer.add(kernel.is_off, 1);
  }
  packer.add(place(drawing_), 3);
  packer.add(ring_.closed(), 1);
  packer.add(over_, 1);
  packer.add(static_cast<std::uint64_t>(leaves_), 2);
  packer.add(place(tracked_), 3);
  packer.add(tracked_ ? tracked_output_ : 0, 1);
  return packer.key();
}

std::string World::text() const {
  constexpr const char* uses[] = {"free", "drawing", "retiring", "ready", "pending", "scanout"};
  std::string text;
  for (int i = 0; i < setup_.slots; ++i) {
    text += std::to_string(i) + ":" + uses[static_cast<int>(ring_.use(i))];
    if (ring_.number(i) != 0) text += "#" + std::to_string(ring_.number(i));
    if (ring_.unsignalled(i)) text += "~";
    text += " ";
  }
  for (int o = 0; o < setup_.outputs; ++o) {
    const Kernel& kernel = kernel_[static_cast<std::size_t>(o)];
    text += "| screen " + (kernel.screen ? std::to_string(kernel.screen->slot) : std::string{"-"});
    if (kernel.queued) text += " queued " + std::to_string(kernel.queued->slot);
    if (kernel.event != Event::none) text += " event";
    if (ring_.away(o)) text += " away";
    text += " ";
  }
  return text + (ring_.closed() ? "closed" : "");
}

}  // namespace drmshow::model
