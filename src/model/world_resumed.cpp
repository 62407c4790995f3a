// A world that is found running.
#include "model/world.hpp"

namespace drmshow::model {

// Between two steps nothing is left open but what the ring says itself. What the GPU has done for a
// frame that is on the screen already is done, though nobody may have heard of it yet.
World World::resumed(const Setup& setup, const FrameRing& ring, bool over) {
  World world{setup};
  world.ring_ = ring;
  world.over_ = over;
  for (int i = 0; i < setup.slots; ++i) world.resume_slot(i);
  for (int i = 0; i < setup.outputs; ++i) world.resume_output(i);
  return world;
}

void World::resume_slot(int slot) {
  const auto at = static_cast<std::size_t>(slot);
  if (ring_.use(slot) == SlotUse::drawing) {
    drawing_ = Frame{static_cast<std::uint8_t>(slot), ring_.number(slot)};
  }
  read_[at] = ring_.held(slot);
  if (ring_.unsignalled(slot)) gpu_[at] = Gpu::writes;
}

void World::resume_output(int output) {
  Kernel& kernel = kernel_[static_cast<std::size_t>(output)];
  kernel.screen = ring_.scanout(output);
  kernel.queued = ring_.pending(output);
  kernel.queued_cookie = ring_.pending_cookie(output);
  kernel.armed = ring_.needs_modeset(output);
  kernel.is_off = !kernel.screen && !kernel.queued;
  if (kernel.screen) {
    kernel.last_shown = kernel.screen->number;
    Gpu& gpu = gpu_[kernel.screen->slot];
    if (gpu == Gpu::writes) gpu = Gpu::unseen;
  }
}

}  // namespace drmshow::model
