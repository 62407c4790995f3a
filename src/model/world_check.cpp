// What must be true of every state.
#include "model/world.hpp"

namespace drmshow::model {

const char* World::check() const {
  if (error_) return error_;
  if (const char* wrong = check_slots()) return wrong;
  for (int i = 0; i < setup_.outputs; ++i) {
    if (const char* wrong = check_output(i)) return wrong;
    if (const char* wrong = check_upcoming(i)) return wrong;
  }
  return check_strangers();
}

const char* World::check_slots() const {
  int drawing = 0;
  for (int i = 0; i < setup_.slots; ++i) {
    const SlotUse use = ring_.use(i);
    if (use == SlotUse::drawing) ++drawing;
    const bool idle = use == SlotUse::drawing || use == SlotUse::free;
    const Gpu gpu = gpu_[static_cast<std::size_t>(i)];
    if (idle && gpu != Gpu::idle) return "I7: a slot is free while the GPU still writes to it";
    if (idle && read_[static_cast<std::size_t>(i)])
      return "I7: a slot is free while the compositor still reads it";
    for (int o = 0; o < setup_.outputs; ++o) {
      const Kernel& kernel = kernel_[static_cast<std::size_t>(o)];
      const auto in = [&](const std::optional<Frame>& frame) { return frame && frame->slot == i; };
      if (idle && (in(kernel.screen) || in(kernel.queued)))
        return "I2: a slot that may be drawn into is on a display";
      if (idle && ring_.wanted(i, o)) return "I1: a slot is idle and ready";
      if (in(kernel.queued) && gpu != Gpu::idle && ring_.fence(i) != RenderFence::native)
        return "I7: the kernel waits for a foreign fence";
    }
  }
  if (drawing > 1) return "I1: two slots are drawn into";
  if ((drawing == 1) != drawing_.has_value()) return "I1: who draws is not who has the slot";
  return nullptr;
}

bool World::somebody_is_there() const {
  bool seen = false;
  for (int i = 0; i < setup_.outputs; ++i) seen |= !ring_.away(i);
  return seen;
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
    if (ring_.away(output) && somebody_is_there())
      return "L1: a frame waits for an output that is away, while others are there";
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

// What is announced is what comes, and where nothing comes nothing changes.
const char* World::check_upcoming(int output) const {
  FrameRing copy = ring_;
  const auto upcoming = copy.upcoming(output);
  if (upcoming && !ring_.wanted(upcoming->slot, output)) return "I3: nobody wants what comes next";
  const auto flip = copy.next(output);
  if (upcoming.has_value() != flip.has_value()) return "upcoming() knows not whether next() gives";
  if (flip && flip->frame != *upcoming) return "upcoming() is not what next() gives";
  if (!flip && copy != ring_) return "next() gave nothing and changed something";
  return nullptr;
}

// Of every step, since states are the same whatever was counted on the way to them, and whatever a
// slot is that the ring calls free.
void World::check_step() {
  for (int i = 0; i < setup_.slots; ++i) {
    expect(ring_.unsignalled(i) == (gpu_[static_cast<std::size_t>(i)] != Gpu::idle),
           "I7: the ring is wrong about a fence");
    expect(ring_.held(i) == read_[static_cast<std::size_t>(i)],
           "I7: the ring is wrong about what the compositor holds");
  }
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
               copy.signalled({slot, number}) || copy.expired({slot, number}) ||
               copy.released({slot, number});
    }
    if (!ring_.held(i)) taken |= copy.released({slot, ring_.number(i)});
    if (!ring_.unsignalled(i)) {
      taken |= copy.signalled({slot, ring_.number(i)}) || copy.expired({slot, ring_.number(i)});
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

}  // namespace

// Only GPUs of our own are ever unseen.
std::uint64_t World::fence_bits(int slot) const {
  const Gpu gpu = gpu_[static_cast<std::size_t>(slot)];
  if (gpu == Gpu::unseen) return 3;
  return gpu == Gpu::idle ? 0 : static_cast<std::uint64_t>(ring_.fence(slot));
}

// Only the order of the numbers matters, and of those only of frames that are in use: the others
// could be in any order.
World::Ranks World::ranks() const {
  Ranks ranks;
  for (int i = 0; i < setup_.slots; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (ring_.use(i) == SlotUse::free) continue;
    ranks.rank[at] = 1;
    for (std::size_t other = 0; other < at; ++other) {
      if (ranks.rank[other] == 0) continue;
      const bool older = ring_.number(static_cast<int>(other)) < ring_.number(i);
      ++ranks.rank[older ? at : other];
    }
  }
  for (std::size_t i = 0; i < ranks.name.size(); ++i) {
    if (setup_.rename && ranks.rank[i] == 0) continue;
    ranks.name[i] = setup_.rename ? ranks.rank[i] : static_cast<std::uint8_t>(i + 1);
    ranks.slot[ranks.name[i] - 1u] = static_cast<std::uint8_t>(i);
  }
  return ranks;
}

// A slot is called what it is, or by its rank (all those that are free have none).
Key World::key() const {
  Packer packer;
  const Ranks ranks = this->ranks();
  const auto place = [&](const std::optional<Frame>& frame) -> std::uint64_t {
    return frame ? ranks.name[frame->slot] : 0u;
  };
  for (std::size_t name = 0; name < static_cast<std::size_t>(setup_.slots); ++name) {
    const int slot = ranks.slot[name];
    const bool used = slot < setup_.slots && ranks.rank[ranks.slot[name]] != 0;
    packer.add(used ? ranks.rank[ranks.slot[name]] : 0, 3);
    packer.add(used && drawing_ && drawing_->slot == slot, 1);
    packer.add(used ? fence_bits(slot) : 0, 2);
    packer.add(used && read_[static_cast<std::size_t>(slot)], 1);
    for (int o = 0; o < setup_.outputs; ++o) packer.add(used && ring_.wanted(slot, o), 1);
  }
  for (int o = 0; o < setup_.outputs; ++o) {
    const Kernel& kernel = kernel_[static_cast<std::size_t>(o)];
    packer.add(place(ring_.pending(o)), 3);
    packer.add(place(ring_.scanout(o)), 3);
    packer.add(ring_.needs_modeset(o), 1);
    packer.add(ring_.modeset_pending(o), 1);
    packer.add(ring_.away(o), 1);
    packer.add(place(kernel.screen), 3);
    packer.add(place(kernel.replaced), 3);
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
    if (gpu_[static_cast<std::size_t>(i)] == Gpu::writes) text += "~";
    if (gpu_[static_cast<std::size_t>(i)] == Gpu::unseen) text += "~?";
    if (read_[static_cast<std::size_t>(i)]) text += " held";
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
