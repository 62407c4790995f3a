// Frames on their way from whoever draws to the compositor.
#include <algorithm>
#include <cerrno>

#include "drm/sync_file.hpp"
#include "window/wayland_presenter.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

// Frame callbacks that stay away for so long mean that the window is not to be seen.
constexpr Nanoseconds hidden_after = 250ms;
constexpr Nanoseconds full_retry = 10ms;
// Sleeping is not more exact than this; a commit that is due in less is made now.
constexpr Nanoseconds slack = 50us;

}  // namespace

std::optional<Canvas> WaylandPresenter::acquire(std::size_t index) {
  FrameStream& stream = this->stream(index);
  const Time now = Clock::now();
  if (ended_ || outdated() || stream.had_enough() || hidden(now)) return std::nullopt;
  auto canvas = stream.acquire_from(draw_time(now), now);
  if (canvas) canvas->shows_at = foreseen(now);
  return canvas;
}

bool WaylandPresenter::submit(const Canvas& canvas, Submission submission) {
  FrameStream& stream = this->stream(canvas.stream);
  const Time now = Clock::now();
  const Time begun = stream.slot(canvas.frame.slot).acquired;
  if (!stream.submit(canvas.frame, std::move(submission), now)) return false;
  track_.pacer.drawn(now - begun);
  serve(now);
  return true;
}

bool WaylandPresenter::discard(const Canvas& canvas) {
  return stream(canvas.stream).discard(canvas.frame, Clock::now());
}

// In mailbox mode a frame is drawn when there is none to come, and then as late as is safe.
Time WaylandPresenter::draw_time(Time now) const {
  if (options_.mode != PresentMode::mailbox || options_.pace == DrawPace::always) {
    return Time::min();
  }
  return stream_.on_their_way(0) > 0 ? Time::max() : track_.pacer.latest_draw(now);
}

Time WaylandPresenter::foreseen(Time now) const {
  int before = stream_.on_their_way(0);
  if (stream_.ring().policy() == RingPolicy::mailbox) before = std::min(before, 1);
  return track_.pacer.vblank_after(now) + track_.pacer.period() * before;
}

// Whoever draws all the time has nothing to draw for then: the frame that waits will do.
bool WaylandPresenter::hidden(Time now) const {
  constexpr int pending_and_another = 2;
  return stream_.ring().pending(0) && now - committed_ > hidden_after &&
         stream_.on_their_way(0) >= pending_and_another;
}

bool WaylandPresenter::commits_late() const {
  return options_.mode == PresentMode::mailbox;
}

Time WaylandPresenter::commit_time(int slot, Time now) const {
  const Time earliest = track_.pacer.earliest_commit(now, stream_.slot(slot).due);
  return commits_late() ? std::max(earliest, track_.pacer.latest_commit(now)) : earliest;
}

void WaylandPresenter::serve(Time now) {
  if (ended_ || outdated() || now < retry_at_) return;
  const auto frame = stream_.ring().upcoming(0);
  if (!frame) return;
  const Time time = commit_time(frame->slot, now);
  // Once it is planned it stays so, however late we wake.
  if (commits_late()) commit_by_ = std::min(commit_by_, time);
  if (std::min(commit_by_, time) <= now + slack) commit(now);
}

void WaylandPresenter::commit(Time now) {
  const auto flip = stream_.next(0);
  if (!flip) return;
  commit_by_ = Time::max();
  if (!hand_over_fence(*flip)) {
    stream_.keep_fences();
    return stream_.refused(0, flip->cookie, ENOTSUP, now);
  }
  if (send(*flip, now)) return stream_.committed(0, *flip, now);
  retry_at_ = now + full_retry;
  stream_.refused(0, flip->cookie, EBUSY, now);
}

// The compositor's GPU waits for it: the commit's points say so, or else the memory carries it.
bool WaylandPresenter::hand_over_fence(const Flip& flip) {
  const UniqueFd& fence = stream_.slot(flip.frame.slot).fence;
  if (sync_ || !flip.wait_for_fence || !fence) return true;
  return surface(flip.frame.slot).attach(fence.get());
}

bool WaylandPresenter::send(const Flip& flip, Time now) {
  const int slot = flip.frame.slot;
  const UniqueFd& fence = stream_.slot(slot).fence;
  const std::uint64_t number = screen_.next_number();
  std::optional<SyncPoints> points;
  if (sync_) {
    points = sync_->next(slot, flip.wait_for_fence && fence ? fence.get() : -1);
    if (!points) return false;
  }
  if (!screen_.commits().commit({.buffer = &surface(slot).buffer(),
                                 .cookie = number,
                                 .geometry = geometry_,
                                 .damage = {},
                                 .wishes = wishes(slot),
                                 .sync = points})) {
    return false;
  }
  surface(slot).hold(points);
  note_sent(flip, number, now);
  return true;
}

void WaylandPresenter::note_sent(const Flip& flip, std::uint64_t number, Time now) {
  const SlotFrame& slot = stream_.slot(flip.frame.slot);
  free_flight() = {.number = number,
                   .cookie = flip.cookie,
                   .ring_frame = flip.frame,
                   .frame = {.submitted = slot.submitted,
                             .ready = slot.ready,
                             .committed = now,
                             .due = slot.due,
                             .shown = {},
                             .sequence = 0,
                             .refusals = 0,
                             .fenced = slot.fenced},
                   .taken = {},
                   .seen = !screen_.commits().abilities().presentation,
                   .unseen = false};
  committed_ = now;
  retry_at_ = Time::min();
}

// In FIFO mode each frame is to be seen, also where a compositor is late with a callback.
CommitWishes WaylandPresenter::wishes(int slot) const {
  const Time due = stream_.slot(slot).due;
  const bool each = options_.mode == PresentMode::fifo;
  CommitWishes wishes{.wait_barrier = each, .set_barrier = each, .tearing = tears_};
  if (due != Time::min()) wishes.not_before = due - track_.pacer.period() / 2;
  return wishes;
}

// If there is none, the oldest that was taken: a compositor that has not said by now when that was
// seen will not. One that was not taken is pending, and then nothing else is committed.
WaylandPresenter::Flight& WaylandPresenter::free_flight() {
  return *std::ranges::min_element(flights_, {}, &Flight::number);
}

}  // namespace drmshow
