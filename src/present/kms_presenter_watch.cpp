// What comes from outside: page-flip events, or none; fences; cables; the device that goes.
#include <algorithm>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "drm/crtc_sequence.hpp"
#include "drm/ioctl.hpp"
#include "drm/sync_file.hpp"
#include "present/kms_presenter_impl.hpp"

namespace drmshow {
namespace {

// User data of our flips: presenter, output and cookie. 2^40 cookies last for centuries.
constexpr int cookie_bits = 40;
constexpr int head_bits = 8;
constexpr std::uint64_t cookie_mask = (std::uint64_t{1} << cookie_bits) - 1;
constexpr std::uint64_t head_mask = (std::uint64_t{1} << head_bits) - 1;
constexpr std::uint64_t generation_mask = 0xffff;

}  // namespace

std::uint64_t KmsPresenter::Impl::user_data(const Head& head, std::uint64_t cookie) const {
  return (generation_ & generation_mask) << (cookie_bits + head_bits) |
         std::uint64_t{head.output} << cookie_bits | (cookie & cookie_mask);
}

void KmsPresenter::Impl::handle_events(int errnum, Time now) {
  if (errnum != 0) throw_device_error(device_, "cannot read its events", errnum);
  for (const FlipEvent& event : events_) handle(event, now);
}

void KmsPresenter::Impl::handle(const FlipEvent& event, Time now) {
  const std::uint64_t index = event.user_data >> cookie_bits & head_mask;
  const std::uint64_t generation = event.user_data >> (cookie_bits + head_bits);
  if (generation != (generation_ & generation_mask) || index >= heads_.size()) return;
  Head& head = heads_[index];
  FrameStream& stream = stream_of(head);
  const auto pending = stream.ring().pending(head.place);
  const std::uint64_t cookie = event.user_data & cookie_mask;
  const Flipped flip{.cookie = cookie, .shown = {event.time, event.sequence}};
  if (stream.flipped(head.place, flip, now) != FlipResult::shown) return;
  // Drivers without vertical blanks, and tearing ones, may tell no time. Exact ones tell the end of
  // the blank at its beginning (drm_crtc_vblank_helper_get_vblank_timestamp): a little is to come.
  const bool sensible =
      event.time > head.committed - head.pacer.period() && event.time < now + head.pacer.period();
  head.watch.flipped();
  const Miss miss =
      head.shown(stream.slot(pending->slot), {sensible ? event.time : now, event.sequence});
  stream.missed(head.place, *pending, miss, now);
}

void KmsPresenter::Impl::look_after_flips(Time now) {
  for (Head& head : heads_) {
    if (head.watch.deadline() <= now) look_for_lost_flip(head, now);
  }
}

void KmsPresenter::Impl::look_for_lost_flip(Head& head, Time now) {
  FrameStream& stream = stream_of(head);
  const auto pending = stream.ring().pending(head.place);
  if (!pending || head.unplugged) return head.watch.forget();
  const SlotFrame& slot = stream.slot(pending->slot);
  const bool drawn = !slot.fence || fence_state(slot.fence.get()) != FenceState::unsignalled;
  if (!drawn && now < stream.hopeless_from(pending->slot)) return head.watch.excuse(now);
  switch (head.watch.check(now)) {
    case FlipWatch::Step::none:
      return;
    case FlipWatch::Step::look:
      handle_events(events_.read_if_any(device_.fd()), now);
      return believe_out_fence(head, now);
    case FlipWatch::Step::reset:
      stream.reset(head.place, now);
      return serve(head, now);
    case FlipWatch::Step::give_up:
      throw Error{Failure::device_lost,
                  fmt::format("{}: {}: page flips do not come any more", device_.label(),
                              plan_.outputs()[head.output].name),
                  crtc_sequence(device_, plan_.outputs()[head.output].crtc)
                      ? "Its CRTC still counts vertical blanks: the driver loses events. See dmesg."
                      : "Its CRTC does not count vertical blanks any more. See dmesg."};
  }
}

// The fence of the commit says that the frame is on the screen: then the event got lost.
void KmsPresenter::Impl::believe_out_fence(Head& head, Time now) {
  FrameStream& stream = stream_of(head);
  const auto pending = stream.ring().pending(head.place);
  if (!pending || !head.out_fence || fence_state(head.out_fence.get()) != FenceState::signalled) {
    return;
  }
  stream.flipped(head.place,
                 {.cookie = stream.ring().pending_cookie(head.place), .how = PresentStep::watchdog},
                 now);
  head.watch.forget();
  head.forget_last();
}

void KmsPresenter::Impl::read_uevents(Time now) {
  bool cables = false;
  while (const auto event = uevents_.next()) {
    if (event->action == "remove" && event->node == device_.node().native()) {
      throw_removed(device_);
    }
    cables = cables || event->hotplug;
  }
  if (cables) look_at_cables(take_snapshot(device_, ProbePolicy::probe), now);
}

void KmsPresenter::Impl::throw_if_removed(const pollfd& polled) const {
  if ((polled.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) throw_removed(device_);
}

// A flip that was pending when the output left may be lost.
void KmsPresenter::Impl::enter(Head& head, Time now) {
  FrameStream& stream = stream_of(head);
  stream.enter(head.place, now);
  head.start_anew();
  head.modesets_in_vain = 0;
  news_ = true;
  if (stream.ring().pending(head.place)) head.watch.committed(now);
}

void KmsPresenter::Impl::look_at_cables(const Snapshot& snapshot, Time now) {
  for (Head& head : heads_) {
    const Connector* connector = snapshot.find(plan_.outputs()[head.output].connector);
    const bool unplugged = !connector || connector->connection == Connection::disconnected;
    if (std::exchange(head.unplugged, unplugged) == unplugged) continue;
    FrameStream& stream = stream_of(head);
    if (unplugged && !stream.ring().away(head.place)) stream.leave(head.place, 0, now);
    if (!unplugged && resume_at_ == Time::max() && !suspended_) enter(head, now);
  }
}

}  // namespace drmshow
