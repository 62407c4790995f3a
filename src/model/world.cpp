#include "model/world.hpp"

namespace drmshow::model {

World::World(const Setup& setup)
    : ring_{setup.slots, setup.policy, setup.outputs, setup.slot_return},
      setup_{setup},
      leaves_{setup.leaves} {
  for (Kernel& kernel : kernel_) kernel.armed = !is_wayland();
}

bool World::acquire() {
  if (drawing_) return false;
  bool seen = false;
  for (int i = 0; i < setup_.outputs; ++i) seen |= !ring_.away(i);
  drawing_ = ring_.acquire();
  expect(!drawing_ || (seen && !ring_.closed()), "a slot was given for what nobody will see");
  return drawing_.has_value();
}

bool World::submit(RenderFence fence) {
  if (!drawing_) return false;
  gpu_[drawing_->slot] = fence == RenderFence::none ? Gpu::idle : Gpu::writes;
  const bool taken = ring_.submit(*drawing_, fence);
  expect(taken != over_, "submit() was taken after the end, or refused before it");
  for (int i = 0; i < setup_.outputs; ++i)
    expect(!ring_.away(i) || !ring_.wanted(drawing_->slot, i),
           "an output that is away wants a frame");
  drawing_.reset();
  return true;
}

bool World::signal(int slot, bool success) {
  const auto at = static_cast<std::size_t>(slot);
  if (gpu_[at] == Gpu::idle) return false;
  gpu_[at] = Gpu::idle;
  const auto frame = Frame{static_cast<std::uint8_t>(slot), ring_.number(slot)};
  expect(ring_.signalled(frame, success), "signalled() was refused");
  expect(!ring_.signalled(frame), "signalled() was taken twice");
  if (!success) {
    for (int i = 0; i < setup_.outputs; ++i)
      expect(!ring_.wanted(slot, i), "a frame that failed is still wanted");
  }
  return true;
}

// We give the frame up; the GPU does not.
bool World::expire(int slot) {
  if (gpu_[static_cast<std::size_t>(slot)] == Gpu::idle) return false;
  const auto frame = Frame{static_cast<std::uint8_t>(slot), ring_.number(slot)};
  const FrameRing before = ring_;
  for (int o = 0; o < setup_.outputs; ++o) {
    if (ring_.pending(o) == frame) return false;
  }
  expect(ring_.expired(frame), "expired() was refused");
  for (int o = 0; o < setup_.outputs; ++o) {
    const bool was_wanted = before.wanted(slot, o);
    expect(!ring_.wanted(slot, o), "a frame that expired is still wanted");
    expect(ring_.counts(o).cancelled == before.counts(o).cancelled + (was_wanted ? 1u : 0u),
           "a frame that expired was miscounted");
  }
  return true;
}

// Only a newer frame that is finished supersedes another one.
void World::check_superseded(const Superseded& before) {
  for (int o = 0; o < setup_.outputs; ++o) {
    if (ring_.counts(o).superseded == before[static_cast<std::size_t>(o)]) continue;
    bool finished = false;
    for (int i = 0; i < setup_.slots; ++i)
      finished |= ring_.wanted(i, o) && gpu_[static_cast<std::size_t>(i)] == Gpu::idle;
    expect(finished, "a frame was superseded by none that is finished");
  }
}

// What next() must choose, said in another way than the ring does it.
void World::check_choice(int output, const Flip& flip) {
  const bool mailbox = setup_.policy == RingPolicy::mailbox;
  for (int i = 0; i < setup_.slots; ++i) {
    if (!ring_.wanted(i, output)) continue;
    if (!mailbox) expect(ring_.number(i) > flip.frame.number, "FIFO skipped an older frame");
    if (mailbox && gpu_[static_cast<std::size_t>(i)] == Gpu::idle)
      expect(ring_.number(i) < flip.frame.number, "mailbox did not choose the newest frame");
  }
  const int slot = flip.frame.slot;
  expect(flip.wait_for_fence == (gpu_[flip.frame.slot] != Gpu::idle), "wait_for_fence is wrong");
  expect(!flip.wait_for_fence ||
             (ring_.fence(slot) == RenderFence::native && !flip.modeset && !mailbox),
         "a commit would wait for a fence that may never signal, or block on one");
  expect(flip.modeset == kernel_[static_cast<std::size_t>(output)].armed,
         "the first commit and no other is a modeset");
  expect(ring_.pending(output) == flip.frame && ring_.pending_cookie(output) == flip.cookie,
         "what next() gave is not pending");
}

bool World::commit(int output, Act fate) {
  Kernel& kernel = kernel_[static_cast<std::size_t>(output)];
  const bool may = !ring_.away(output) && !ring_.pending(output);
  const auto flip = ring_.next(output);
  expect(may || !flip, "next() gave something while a flip was pending or the output away");
  if (!flip) return false;
  check_choice(output, *flip);
  expect(!kernel.queued, "a second commit before the first one was shown");
  if (fate == Act::commit) return accept(output, *flip);
  if (fate == Act::commit_busy) return refuse(output, *flip, false);
  if (fate == Act::commit_refused) return refuse(output, *flip, true);
  lose_device();
  return true;
}

bool World::accept(int output, const Flip& flip) {
  Kernel& kernel = kernel_[static_cast<std::size_t>(output)];
  kernel.armed = false;
  read_[flip.frame.slot] = is_wayland();
  if (flip.modeset) {
    show(output, flip.frame);
    expect(ring_.flipped(output, flip.cookie) == FlipResult::shown, "a modeset was not shown");
  } else {
    kernel.queued = flip.frame;
    kernel.queued_cookie = flip.cookie;
  }
  return true;
}

bool World::refuse(int output, const Flip& flip, bool for_good) {
  const auto before = ring_.counts(output);
  expect(for_good ? ring_.dropped(output, flip.cookie) : ring_.refused(output, flip.cookie),
         "a refusal was not taken");
  const auto after = ring_.counts(output);
  expect(ring_.pending_cookie(output) == 0, "a refused frame is still pending");
  expect(after.cancelled - before.cancelled == (for_good ? 1u : 0u), "a refusal was miscounted");
  const bool back = ring_.wanted(flip.frame.slot, output);
  expect(for_good ? !back : back || after.superseded == before.superseded + 1,
         "a busy frame is neither ready again nor superseded");
  return true;
}

void World::show(int output, Frame frame) {
  Kernel& kernel = kernel_[static_cast<std::size_t>(output)];
  expect(frame.number > kernel.last_shown, "frames were shown out of order");
  kernel.last_shown = frame.number;
  if (setup_.keeps_last) kernel.replaced = kernel.screen;
  kernel.screen = frame;
  kernel.is_off = false;
}

bool World::vblank(int output, Event event) {
  Kernel& kernel = kernel_[static_cast<std::size_t>(output)];
  // The kernel sends one event after the other: one that is late holds up those behind it.
  if (!kernel.queued || kernel.event != Event::none || !finish_queued(kernel)) return false;
  show(output, *kernel.queued);
  kernel.event = event;
  kernel.event_cookie = event == Event::none ? 0 : kernel.queued_cookie;
  kernel.queued.reset();
  kernel.queued_cookie = 0;
  return true;
}

bool World::deliver(int output) {
  Kernel& kernel = kernel_[static_cast<std::size_t>(output)];
  if (kernel.event == Event::none) return false;
  const bool current = ring_.pending_cookie(output) == kernel.event_cookie;
  const FrameRing before = ring_;
  const FlipResult result = ring_.flipped(output, kernel.event_cookie);
  expect(result == (current ? FlipResult::shown : FlipResult::stale), "an event was misjudged");
  expect(current || ring_ == before, "a stale event changed something");
  kernel.event = Event::none;
  kernel.event_cookie = 0;
  return true;
}

// A compositor has read a slot, or will not: it may say so at any time after the commit. When we
// hear of it is as good as when it happens.
bool World::release(int slot) {
  const auto at = static_cast<std::size_t>(slot);
  if (!read_[at] || !finish(slot)) return false;
  read_[at] = false;
  const auto frame = Frame{static_cast<std::uint8_t>(slot), ring_.number(slot)};
  expect(ring_.released(frame), "released() was refused");
  expect(!ring_.released(frame), "released() was taken twice");
  return true;
}

// What it shows, will show, or may keep; the rest it has to release.
bool World::may_keep(int slot) const {
  const Kernel& kernel = kernel_[0];
  const auto in = [&](const std::optional<Frame>& frame) { return frame && frame->slot == slot; };
  return in(kernel.screen) || in(kernel.queued) || in(kernel.replaced);
}

// A flip takes too long; the kernel says that the CRTC is alive and shows our framebuffer.
bool World::watchdog(int output) {
  const Kernel& kernel = kernel_[static_cast<std::size_t>(output)];
  const auto pending = ring_.pending(output);
  if (is_wayland() || !pending || kernel.queued || kernel.event == Event::queued) return false;
  const auto cookie = ring_.pending_cookie(output);
  expect(ring_.flipped(output, cookie) == FlipResult::shown, "the watchdog was not believed");
  return true;
}

// A flip that was accepted never comes, and the CRTC is dead: what is pending starts again.
bool World::reset(int output) {
  Kernel& kernel = kernel_[static_cast<std::size_t>(output)];
  if (is_wayland() || !kernel.queued || ring_.away(output)) return false;
  kernel.queued.reset();
  kernel.queued_cookie = 0;
  expect(ring_.refused(output, ring_.pending_cookie(output)), "a reset was refused");
  ring_.arm_modeset(output);
  kernel.armed = true;
  return true;
}

bool World::hotplug(int output) {
  Kernel& kernel = kernel_[static_cast<std::size_t>(output)];
  ring_.arm_modeset(output);
  kernel.armed = !is_wayland();
  return true;
}

bool World::leave(int output) {
  if (ring_.away(output) || leaves_ == 0) return false;
  --leaves_;
  ring_.leave(output);
  expect(!ring_.next(output), "an output that is away was given a commit");
  return true;
}

// The mode is set to something else, which waits for what is queued. Its event may still come.
bool World::off(int output) {
  Kernel& kernel = kernel_[static_cast<std::size_t>(output)];
  if (!ring_.away(output)) return false;
  if (kernel.queued) {
    if (kernel.event != Event::none || !finish_queued(kernel)) return false;
    kernel.event = Event::late;
    kernel.event_cookie = kernel.queued_cookie;
    show(output, *kernel.queued);
    kernel.queued.reset();
    kernel.queued_cookie = 0;
  }
  kernel.screen.reset();
  kernel.replaced.reset();
  kernel.is_off = true;
  read_.fill(false);
  ring_.off(output);
  return true;
}

bool World::enter(int output) {
  Kernel& kernel = kernel_[static_cast<std::size_t>(output)];
  if (!ring_.away(output) || over_) return false;
  ring_.enter(output);
  kernel.armed = !is_wayland();
  return true;
}

// The display never shows what is not finished; it may well know of it before we do.
bool World::finish_queued(const Kernel& kernel) {
  return !kernel.queued || finish(kernel.queued->slot);
}

bool World::finish(int slot) {
  Gpu& gpu = gpu_[static_cast<std::size_t>(slot)];
  if (gpu == Gpu::writes && !setup_.unseen) return false;
  if (gpu == Gpu::writes) gpu = Gpu::unseen;
  return true;
}

void World::lose_device() {
  for (Kernel& kernel : kernel_) {
    const auto last = kernel.last_shown;
    kernel = Kernel{};
    kernel.last_shown = last;
  }
  read_.fill(false);
  ring_.abort();
  over_ = true;
}

bool World::abort() {
  if (over_) return false;
  for (const Kernel& kernel : kernel_) {  // giving back waits for what is queued
    if (!finish_queued(kernel)) return false;
  }
  lose_device();
  return true;
}

bool World::in_ring(Frame frame, int output) const {
  return ring_.number(frame.slot) == frame.number &&
         (ring_.wanted(frame.slot, output) || ring_.pending(output) == frame);
}

bool World::track(int output) {
  if (!setup_.track || tracked_) return false;
  std::optional<Frame> newest;
  for (int i = 0; i < setup_.slots; ++i) {
    const Frame frame{static_cast<std::uint8_t>(i), ring_.number(i)};
    if (in_ring(frame, output) && (!newest || frame.number > newest->number)) newest = frame;
  }
  tracked_ = newest;
  tracked_output_ = static_cast<std::uint8_t>(output);
  return tracked_.has_value();
}

void World::forget_if_gone() {
  if (tracked_ && !in_ring(*tracked_, tracked_output_)) tracked_.reset();
}

bool World::console() const {
  for (int i = 0; i < setup_.outputs; ++i) {
    if (!kernel_[static_cast<std::size_t>(i)].is_off) return false;
  }
  return over_;
}

void World::expect(bool truth, const char* otherwise) {
  if (!truth && !error_) error_ = otherwise;
}

}  // namespace drmshow::model
