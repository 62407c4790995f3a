#include "present/frame_stream.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "drm/sync_file.hpp"
#include "ring/frame_fates.hpp"

namespace drmshow {
namespace {

// A fence that is this many times too late will not come any more.
constexpr int fence_patience = 10;

RingPolicy policy_for(PresentMode mode) {
  return mode == PresentMode::mailbox ? RingPolicy::mailbox : RingPolicy::fifo;
}

}  // namespace

FrameStream::FrameStream(SurfaceMaker& surfaces, std::uint8_t index, const Shape& shape,
                         const PresentOptions& options)
    : maker_{surfaces},
      shape_{shape},
      ring_{shape.outputs > 1 ? std::max(options.buffers, shape.outputs + 1) : options.buffers,
            policy_for(options.mode), shape.outputs, shape.slot_return},
      fence_timeout_{options.fence_timeout},
      observer_{options.observer},
      index_{index} {}

void FrameStream::take_way(const ImageWay& way) {
  way_ = way;
  for (auto& surface : surfaces_) surface.reset();
  const int now = way.rung == ImageRung::copy ? ring_.slots() : 1;
  for (int i = 0; i < now; ++i) make_surface(i);
}

void FrameStream::make_surface(int slot) {
  surfaces_[at(slot)] = maker_.make(way_, shape_.size, shape_.format);
}

PresentEvent FrameStream::event(PresentStep step, Time now, int output) const {
  PresentEvent event{};
  event.time = now;
  event.step = step;
  event.stream = index_;
  event.output = static_cast<std::uint8_t>(output);
  return event;
}

PresentEvent FrameStream::event_of(PresentStep step, Frame frame, Time now, int output) const {
  PresentEvent told = event(step, now, output);
  told.frame = frame;
  return told;
}

// `change` does a step of the ring; if that could be done it is told, and then which frames have no
// future by it.
template <class Change>
bool FrameStream::take_step(const PresentEvent& step, const Change& change) {
  const FrameRing before = ring_;
  if (!change()) return false;
  if (!observer_) return true;
  tell(step);
  tell_fates(before, ring_, [&](const FrameFate& fate) {
    PresentEvent told = event_of(fate.superseded ? PresentStep::superseded : PresentStep::cancelled,
                                 fate.frame, step.time, fate.output);
    told.by = fate.by;
    if (!fate.superseded) told.errnum = step.errnum;
    tell(told);
  });
  return true;
}

std::optional<Canvas> FrameStream::acquire(Time now) {
  const auto frame = ring_.acquire();
  if (!frame) return std::nullopt;
  SlotFrame& slot = slots_[frame->slot];
  slot.acquired = now;
  slot.expired = false;
  ++given_;
  draw_by_ = Time::max();
  tell(event_of(PresentStep::acquire, *frame, now));
  if (!surfaces_[frame->slot]) {
    try {
      make_surface(frame->slot);
    } catch (...) {
      discard(*frame, now);
      throw;
    }
  }
  return canvas(*frame, now);
}

std::optional<Canvas> FrameStream::acquire_from(Time begin, Time now) {
  draw_by_ = begin == Time::max() ? begin : std::min(draw_by_, begin);
  if (draw_by_ <= now) return acquire(now);
  draw_later_ = draw_by_;
  return std::nullopt;
}

int FrameStream::on_their_way(int output) const {
  int count = ring_.pending(output) ? 1 : 0;
  for (int i = 0; i < ring_.slots(); ++i) count += ring_.wanted(i, output) ? 1 : 0;
  return count;
}

Canvas FrameStream::canvas(Frame frame, Time now) const {
  const Surface& surface = *surfaces_[frame.slot];
  return Canvas{frame,          index_, surface.size(), surface.format(), now, surface.mapping(),
                surface.image()};
}

bool FrameStream::submit(Frame frame, Submission submission, Time now) {
  const RenderFence asked = submission.fence ? submission.kind : RenderFence::none;
  RenderFence kind = asked;
  // In mailbox mode only finished frames compete, so that we have to know.
  const bool native = native_fences_ && ring_.policy() == RingPolicy::fifo;
  if (kind == RenderFence::native && !native) kind = RenderFence::gated;
  const bool drawn =
      ring_.use(frame.slot) == SlotUse::drawing && ring_.number(frame.slot) == frame.number;
  if (!drawn) return false;
  SlotFrame& slot = slots_[frame.slot];
  slot.submitted = slot.ready = now;
  slot.due = submission.due;
  slot.fenced = kind != RenderFence::none;
  slot.fence = slot.fenced ? std::move(submission.fence) : UniqueFd{};
  PresentEvent told = event_of(PresentStep::submit, frame, now);
  told.fence = kind;
  bool taken = false;
  take_step(told, [&] {
    taken = ring_.submit(frame, kind);
    return true;
  });
  if (taken && waits_for_fence(frame.slot)) note_held_back(frame.slot, asked);
  return taken;
}

bool FrameStream::sets_a_mode(int slot) const {
  for (int i = 0; i < ring_.outputs(); ++i) {
    const auto upcoming = ring_.needs_modeset(i) ? ring_.upcoming(i) : std::nullopt;
    if (upcoming && upcoming->slot == slot) return true;
  }
  return false;
}

void FrameStream::note_held_back(int slot, RenderFence asked) {
  auto why = HeldBack::modeset;
  if (asked == RenderFence::gated) {
    why = HeldBack::other_gpu;
  } else if (ring_.policy() == RingPolicy::mailbox) {
    why = HeldBack::newest;
  } else if (!native_fences_) {
    why = HeldBack::no_fences;
  } else if (!sets_a_mode(slot)) {
    return;  // those after it are committed with their fences
  }
  ++held_back_[static_cast<std::size_t>(why)];
}

bool FrameStream::discard(Frame frame, Time now) {
  return take_step(event_of(PresentStep::discard, frame, now),
                   [&] { return ring_.discard(frame); });
}

void FrameStream::committed(int output, const Flip& flip, Time now, std::uint16_t flags) {
  const auto step = flip.modeset ? PresentStep::modeset : PresentStep::commit;
  PresentEvent told = event_of(step, flip.frame, now, output);
  told.cookie = flip.cookie;
  told.flags = flags;
  tell(told);
}

PresentEvent FrameStream::event_of_pending(PresentStep step, Time now, int output) const {
  PresentEvent told = event_of(step, ring_.pending(output).value_or(Frame{}), now, output);
  told.cookie = ring_.pending_cookie(output);
  return told;
}

void FrameStream::refused(int output, std::uint64_t cookie, int errnum, Time now,
                          std::uint16_t flags) {
  PresentEvent told = event_of_pending(PresentStep::busy, now, output);
  told.errnum = errnum;
  told.flags = flags;
  take_step(told, [&] { return ring_.refused(output, cookie); });
}

void FrameStream::dropped(int output, std::uint64_t cookie, int errnum, Time now,
                          std::uint16_t flags) {
  PresentEvent told = event_of_pending(PresentStep::refuse, now, output);
  told.errnum = errnum;
  told.flags = flags;
  take_step(told, [&] { return ring_.dropped(output, cookie); });
}

FlipResult FrameStream::flipped(int output, const Flipped& flip, Time now) {
  const auto pending = ring_.pending(output);
  const bool is_pending = pending && ring_.pending_cookie(output) == flip.cookie;
  // The kernel has waited for the fence: it is on the screen.
  if (is_pending && ring_.unsignalled(pending->slot)) finish_fence(pending->slot, true, now);
  PresentEvent told = event_of(is_pending ? flip.how : PresentStep::stale_flip,
                               is_pending ? *pending : Frame{}, now, output);
  told.cookie = flip.cookie;
  told.flags = flip.flags;
  told.sequence = flip.shown.sequence;
  told.shown = flip.shown.time;
  FlipResult result{};
  take_step(told, [&] {
    result = ring_.flipped(output, flip.cookie);
    return true;
  });
  return result;
}

bool FrameStream::released(Frame frame, Time now) {
  return take_step(event_of(PresentStep::release, frame, now),
                   [&] { return ring_.released(frame); });
}

void FrameStream::reset(int output, Time now) {
  const PresentEvent told = event_of_pending(PresentStep::reset, now, output);
  take_step(told, [&] {
    if (!ring_.refused(output, told.cookie)) return false;
    ring_.arm_modeset(output);
    return true;
  });
}

void FrameStream::arm_modeset(int output, Time now) {
  ring_.arm_modeset(output);
  tell(event(PresentStep::arm_modeset, now, output));
}

void FrameStream::leave(int output, int errnum, Time now) {
  PresentEvent told = event(PresentStep::leave, now, output);
  told.errnum = errnum;
  take_step(told, [&] { return ring_.leave(output), true; });
}

void FrameStream::off(int output, Time now) {
  take_step(event(PresentStep::off, now, output), [&] { return ring_.off(output), true; });
}

void FrameStream::enter(int output, Time now) {
  take_step(event(PresentStep::enter, now, output), [&] { return ring_.enter(output), true; });
}

void FrameStream::close(Time now) {
  if (ring_.closed()) return;
  ring_.close();
  tell(event(PresentStep::close, now));
}

void FrameStream::abort(Time now) {
  take_step(event(PresentStep::abort, now), [&] { return ring_.abort(), true; });
}

void FrameStream::seen(int output, Frame frame, const ShownAt& shown, Time now) {
  PresentEvent told = event_of(PresentStep::seen, frame, now, output);
  told.sequence = shown.sequence;
  told.shown = shown.time;
  tell(told);
}

void FrameStream::unseen(int output, Frame frame, Time now) {
  tell(event_of(PresentStep::unseen, frame, now, output));
}

void FrameStream::missed(int output, Frame frame, const Miss& miss, Time now) {
  if (!observer_ || miss.count == 0) return;
  observer_->on_missed(
      {now, index_, static_cast<std::uint8_t>(output), miss.reason, miss.count, frame});
}

bool FrameStream::waits_for_fence(int slot) const {
  if (!ring_.unsignalled(slot) || !slots_[at(slot)].fence) return false;
  if (ring_.fence(slot) == RenderFence::gated || !native_fences_) return true;
  // Nobody shows it any more, and only its fence can free the slot.
  if (ring_.use(slot) == SlotUse::retiring) return true;
  // A modeset blocks, and must not block on a GPU.
  for (int i = 0; i < ring_.outputs(); ++i) {
    if (ring_.wanted(slot, i) && ring_.needs_modeset(i)) return true;
  }
  return false;
}

// When its frame is given up; Time::max() if it never is, or has been.
Time FrameStream::fence_deadline(int slot) const {
  if (!waits_for_fence(slot)) return Time::max();
  const SlotFrame& frame = slots_[at(slot)];
  if (!frame.expired) return frame.submitted + fence_timeout_;
  return can_go_on() ? Time::max() : hopeless_from(slot);
}

Time FrameStream::hopeless_from(int slot) const {
  return slots_[at(slot)].submitted + fence_timeout_ * fence_patience;
}

// One slot on the screen and one to draw into are enough.
bool FrameStream::can_go_on() const {
  int usable = ring_.slots();
  for (int i = 0; i < ring_.slots(); ++i) {
    if (slots_[at(i)].expired && ring_.unsignalled(i)) --usable;
  }
  return usable > ring_.outputs();
}

void FrameStream::add_fences(std::vector<pollfd>& fds) const {
  for (int i = 0; i < ring_.slots(); ++i) {
    if (waits_for_fence(i)) fds.push_back({slots_[at(i)].fence.get(), POLLIN, 0});
  }
}

void FrameStream::look_at_fences(Time now) {
  for (int i = 0; i < ring_.slots(); ++i) {
    if (!waits_for_fence(i)) continue;
    look_at_fence(i, now);
    if (fence_deadline(i) <= now) expire_fence(i, now);
  }
}

Time FrameStream::deadline(Time now) const {
  Time first = had_enough() ? std::min(now, draw_later_) : draw_later_;
  for (int i = 0; i < ring_.slots(); ++i) first = std::min(first, fence_deadline(i));
  return first;
}

void FrameStream::look_at_fence(int slot, Time now) {
  const FenceState state = fence_state(slots_[at(slot)].fence.get());
  if (state != FenceState::unsignalled) finish_fence(slot, state == FenceState::signalled, now);
}

void FrameStream::finish_fence(int slot, bool success, Time now) {
  SlotFrame& frame = slots_[at(slot)];
  frame.fence.reset();
  frame.ready = now;
  const auto step = success ? PresentStep::signal : PresentStep::fence_error;
  take_step(event_of(step, frame_in(slot), now),
            [&] { return ring_.signalled(frame_in(slot), success); });
}

void FrameStream::expire_fence(int slot, Time now) {
  SlotFrame& frame = slots_[at(slot)];
  if (frame.expired) {
    throw Error{
        Failure::device_lost,
        fmt::format("frame {} is not drawn after {} s: render fences do not signal any more",
                    ring_.number(slot), (now - frame.submitted).count() / 1'000'000'000),
        "The GPU that draws hangs, or the program that gave the fence does. See dmesg."};
  }
  frame.expired = true;
  take_step(event_of(PresentStep::expire, frame_in(slot), now),
            [&] { return ring_.expired(frame_in(slot)); });
}

}  // namespace drmshow
