// The one poll, and what comes of it: frame callbacks, times on the screen, buffers that are free.
#include <algorithm>
#include <utility>

#include "drm/sync_file.hpp"
#include "present/poll_until.hpp"
#include "window/wayland_presenter.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

// A compositor that has not said by then when the last frame was seen will not.
constexpr Nanoseconds feedback_patience = 200ms;
constexpr int most_unanswered = 8;

}  // namespace

Time WaylandPresenter::next_deadline(Time now) const {
  const FrameRing& ring = stream_.ring();
  Time first = stream_.deadline(now);
  const auto frame = outdated() ? std::nullopt : ring.upcoming(0);
  if (frame && !stream_.waits_for_fence(frame->slot)) {
    const Time commit = std::min(commit_by_, commit_time(frame->slot, now));
    first = std::min(first, std::max(retry_at_, commit));
  }
  if (ring.closed() && ring.drained() && anything_in_flight(now)) {
    first = std::min(first, committed_ + feedback_patience);
  }
  return first;
}

void WaylandPresenter::gather_fds(std::span<const pollfd> others, short display_events) {
  check_others(others);
  fds_.clear();
  fds_.push_back({screen_.window().fd(), display_events, 0});
  fds_.insert(fds_.end(), others.begin(), others.end());
  stream_.add_fences(fds_);
  for (int i = 0; i < stream_.ring().slots(); ++i) {
    const UniqueFd& readers = readers_[static_cast<std::size_t>(i)];
    if (readers) fds_.push_back({readers.get(), POLLIN, 0});
    if (sync_ && stream_.ring().held(i)) fds_.push_back({sync_->fd(i), POLLIN, 0});
  }
}

void WaylandPresenter::wait(std::span<pollfd> others, Time until) {
  if (ended_) return;
  serve(Clock::now());
  poll(others, until);
  screen_.window().dispatch();
  const Time now = Clock::now();
  handle_events(now);
  stream_.look_at_fences(now);
  look_at_readers(now);
  look_at_points(now);
  serve(now);
}

void WaylandPresenter::poll(std::span<pollfd> others, Time until) {
  const auto display_events = screen_.window().prepare();
  const Time now = Clock::now();
  gather_fds(others, display_events.value_or(0));
  // What was read already has to be told: nobody waits before that.
  const bool news = !display_events || !screen_.events().empty();
  const Time end = news ? now : std::min(until, next_deadline(now));
  stream_.waited();
  poll_until(fds_, end, now);
  std::copy_n(fds_.begin() + 1, others.size(), others.begin());
}

void WaylandPresenter::handle_events(Time now) {
  while (const auto event = screen_.next_event()) handle(*event, now);
}

// Those of a presenter before us are of no interest.
void WaylandPresenter::handle(const WindowEvent& event, Time now) {
  if (event.kind == WindowEventKind::released) return note_release(event.cookie, now);
  const auto flight = std::ranges::find(flights_, event.cookie, &Flight::number);
  if (flight == flights_.end()) return;
  switch (event.kind) {
    case WindowEventKind::frame_done:
      flight->taken = event.time;
      stream_.flipped(0, {.cookie = flight->cookie}, now);
      if (!screen_.commits().abilities().presentation) note_shown(*flight, {event.time}, now);
      break;
    case WindowEventKind::presented:
      note_presented(*flight, {event.time, static_cast<std::uint32_t>(event.sequence)}, now);
      break;
    case WindowEventKind::discarded:
      note_discarded(*flight, now);
      break;
    default:
      flight->seen = true;
      break;
  }
  // A frame may be discarded before its frame callback comes.
  if (flight->taken != Time{} && flight->seen) {
    if (flight->unseen) ++discarded_;
    *flight = {};
  }
  stop_waiting_for_feedback(now);
}

void WaylandPresenter::note_presented(Flight& flight, const ShownAt& at, Time now) {
  stream_.seen(0, flight.ring_frame, at, now);
  note_shown(flight, at, now);
}

void WaylandPresenter::note_shown(Flight& flight, const ShownAt& at, Time now) {
  flight.seen = true;
  flight.frame.shown = at.time;
  flight.frame.sequence = at.sequence;
  // Compositors tell out of order, when they show our commits in one frame.
  if (track_.last && at.time < track_.last->shown) return;
  stream_.missed(0, flight.ring_frame, track_.shown(flight.frame), now);
}

// Some compositors offer presentation times and tell none (sway 1.7 without a display). The best
// that is known then is when they asked for the next frame.
void WaylandPresenter::stop_waiting_for_feedback(Time now) {
  const auto waits = [](const Flight& flight) { return flight.taken != Time{} && !flight.seen; };
  if (std::ranges::count_if(flights_, waits) <= most_unanswered) return;
  Flight* oldest = nullptr;
  for (Flight& flight : flights_) {
    if (waits(flight) && (!oldest || flight.number < oldest->number)) oldest = &flight;
  }
  note_shown(*oldest, {oldest->taken}, now);
  *oldest = {};
}

// What it replaced it with is measured from the frame before.
void WaylandPresenter::note_discarded(Flight& flight, Time now) {
  flight.seen = flight.unseen = true;
  stream_.unseen(0, flight.ring_frame, now);
}

// With points, this says nothing.
void WaylandPresenter::note_release(std::uint64_t number, Time now) {
  if (sync_) return;
  for (int slot = 0; slot < stream_.ring().slots(); ++slot) {
    if (!stream_.has_surface(slot) || surface(slot).number() != number) continue;
    UniqueFd fence = surface(slot).fence_of_readers();
    if (!fence) return release(slot, now);
    readers_[static_cast<std::size_t>(slot)] = std::move(fence);
    return;
  }
}

void WaylandPresenter::look_at_readers(Time now) {
  for (int slot = 0; slot < stream_.ring().slots(); ++slot) {
    UniqueFd& fence = readers_[static_cast<std::size_t>(slot)];
    if (!fence || fence_state(fence.get()) == FenceState::unsignalled) continue;
    fence.reset();
    release(slot, now);
  }
}

void WaylandPresenter::look_at_points(Time now) {
  if (!sync_) return;
  for (int slot = 0; slot < stream_.ring().slots(); ++slot) {
    if (!stream_.ring().held(slot)) continue;
    const auto& points = surface(slot).points();
    sync_->clear(slot);
    if (points && sync_->released(*points)) release(slot, now);
  }
}

void WaylandPresenter::release(int slot, Time now) {
  surface(slot).let_go();
  stream_.released({static_cast<std::uint8_t>(slot), stream_.ring().number(slot)}, now);
}

bool WaylandPresenter::anything_in_flight(Time now) const {
  return now - committed_ < feedback_patience &&
         std::ranges::any_of(
             flights_, [](const Flight& flight) { return flight.number != 0 && !flight.seen; });
}

// Also when the last frames were seen is waited for, a moment.
bool WaylandPresenter::finished(std::size_t stream) const {
  const FrameRing& ring = this->ring(stream);
  return ended_ || (ring.closed() && ring.drained() && !anything_in_flight(Clock::now()));
}

}  // namespace drmshow
