// Which action is which.
#include "model/world.hpp"

namespace drmshow::model {
namespace {

constexpr const char* names[] = {"acquire",
                                 "submit",
                                 "submit with a foreign fence",
                                 "submit with a GPU fence",
                                 "discard",
                                 "fence signals",
                                 "fence fails",
                                 "fence is late: expired",
                                 "commit accepted",
                                 "commit busy",
                                 "commit refused",
                                 "commit: device lost",
                                 "vblank",
                                 "vblank, event late",
                                 "vblank, event lost",
                                 "event",
                                 "watchdog",
                                 "reset",
                                 "hotplug",
                                 "leave",
                                 "off",
                                 "enter",
                                 "release",
                                 "early release",
                                 "close",
                                 "abort",
                                 "track"};
static_assert(std::size(names) == act_count);

}  // namespace

const char* name(Act act) {
  return names[static_cast<int>(act)];
}

std::string to_string(Action action) {
  return std::string{name(action.act)} + " (" + std::to_string(action.which) + ")";
}

bool World::is_wanted(int slot) const {
  for (int o = 0; o < setup_.outputs; ++o) {
    if (ring_.wanted(slot, o)) return true;
  }
  return false;
}

bool World::has_frames(int output) const {
  if (kernel_[static_cast<std::size_t>(output)].screen || ring_.scanout(output)) return true;
  if (ring_.pending(output)) return true;
  for (int i = 0; i < setup_.slots; ++i) {
    if (ring_.wanted(i, output)) return true;
  }
  return false;
}

bool World::may(Action action) const {
  const auto& kernel =
      kernel_[action.act >= Act::commit && action.act <= Act::enter ? action.which : 0];
  switch (action.act) {
    case Act::acquire:
      return !drawing_;
    case Act::submit:
    case Act::submit_gated:
    case Act::submit_native:
    case Act::discard:
      return drawing_.has_value();
    case Act::signal:
    case Act::fence_error:
      return gpu_[action.which] != Gpu::idle;
    case Act::expire:
      return gpu_[action.which] != Gpu::idle && is_wanted(action.which);
    case Act::vblank:
    case Act::vblank_event_late:
    case Act::vblank_event_lost:
      return kernel.queued && kernel.event == Event::none;
    case Act::event:
      return kernel.event != Event::none;
    case Act::watchdog:
      return ring_.pending(action.which) && !kernel.queued;
    case Act::reset:
      return kernel.queued.has_value();
    case Act::hotplug:
      return !kernel.armed;
    case Act::leave:
      return leaves_ != 0 && !ring_.away(action.which);
    case Act::off:
      return ring_.away(action.which) && !over_ && has_frames(action.which);
    case Act::enter:
      return ring_.away(action.which) && !over_;
    case Act::release:
      return read_[action.which] && !may_keep(action.which);
    case Act::release_early:
      return read_[action.which] && may_keep(action.which);
    case Act::close:
      return !ring_.closed();
    case Act::abort:
      return !over_;
    case Act::track:
      return !tracked_;
    default:
      return true;
  }
}

bool World::apply(Action action) {
  const int which = action.which;
  Superseded before{};
  for (int o = 0; o < setup_.outputs; ++o)
    before[static_cast<std::size_t>(o)] = ring_.counts(o).superseded;
  bool possible = false;
  switch (action.act) {
    case Act::acquire:
      possible = acquire();
      break;
    case Act::submit:
      possible = submit(RenderFence::none);
      break;
    case Act::submit_gated:
      possible = submit(RenderFence::gated);
      break;
    case Act::submit_native:
      possible = submit(RenderFence::native);
      break;
    case Act::discard:
      if (!drawing_) return false;
      expect(ring_.discard(*drawing_), "discard() was refused");
      drawing_.reset();
      possible = true;
      break;
    case Act::signal:
      possible = signal(which, true);
      break;
    case Act::fence_error:
      possible = signal(which, false);
      break;
    case Act::expire:
      possible = expire(which);
      break;
    case Act::commit:
    case Act::commit_busy:
    case Act::commit_refused:
    case Act::commit_device_lost:
      possible = commit(which, action.act);
      break;
    case Act::vblank:
      possible = vblank(which, Event::queued);
      break;
    case Act::vblank_event_late:
      possible = vblank(which, Event::late);
      break;
    case Act::vblank_event_lost:
      possible = vblank(which, Event::none);
      break;
    case Act::event:
      possible = deliver(which);
      break;
    case Act::watchdog:
      possible = watchdog(which);
      break;
    case Act::reset:
      possible = reset(which);
      break;
    case Act::hotplug:
      possible = hotplug(which);
      break;
    case Act::leave:
      possible = leave(which);
      break;
    case Act::off:
      possible = off(which);
      break;
    case Act::enter:
      possible = enter(which);
      break;
    case Act::release:
    case Act::release_early:
      possible = may_keep(which) == (action.act == Act::release_early) && release(which);
      break;
    case Act::close:
      possible = true;
      ring_.close();
      expect(ring_.closed(), "close() did not close");
      break;
    case Act::abort:
      possible = abort();
      break;
    case Act::track:
      possible = track(which);
      break;
  }
  if (possible) {
    check_superseded(before);
    check_step();
    forget_if_gone();
  }
  return possible;
}

}  // namespace drmshow::model
