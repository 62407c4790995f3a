// Frames on their way from whoever draws to the ring, and the end.
#include <algorithm>
#include <cerrno>

#include <fmt/format.h>

#include "base/as_errno.hpp"
#include "drm-show/error.hpp"
#include "present/kms_presenter_impl.hpp"

namespace drmshow {

const FrameStream& KmsPresenter::Impl::stream(std::size_t index) const {
  if (index < streams_.size()) return streams_[index];
  throw Error{Failure::usage, fmt::format("there is no stream number {}", index)};
}

const Head& KmsPresenter::Impl::head(std::size_t output) const {
  if (output < heads_.size()) return heads_[output];
  throw Error{Failure::usage, fmt::format("there is no output number {}", output)};
}

std::optional<Canvas> KmsPresenter::Impl::acquire(std::size_t index) {
  static_cast<void>(this->stream(index));
  FrameStream& stream = streams_[index];
  if (ended_ || stream.had_enough()) return std::nullopt;
  const Time now = Clock::now();
  auto canvas = stream.acquire_from(draw_time(index, now), now);
  if (canvas) canvas->shows_at = foreseen(index, now);
  return canvas;
}

bool KmsPresenter::Impl::submit(const Canvas& canvas, Submission submission) {
  static_cast<void>(stream(canvas.stream));
  FrameStream& stream = streams_[canvas.stream];
  const Time now = Clock::now();
  const Time begun = stream.slot(canvas.frame.slot).acquired;
  if (!stream.submit(canvas.frame, std::move(submission), now)) return false;
  for (Head& head : heads_) {
    if (head.stream == canvas.stream) head.pacer.drawn(now - begun);
  }
  serve(now);
  return true;
}

bool KmsPresenter::Impl::discard(const Canvas& canvas) {
  static_cast<void>(stream(canvas.stream));
  return streams_[canvas.stream].discard(canvas.frame, Clock::now());
}

void KmsPresenter::Impl::rest() {
  for (Head& head : heads_) head.forget_last();
}

std::optional<Canvas> KmsPresenter::Impl::on_screen(std::size_t output) const {
  const Head& head = this->head(output);
  const FrameStream& stream = stream_of(head);
  const auto frame = stream.ring().scanout(head.place);
  if (!frame) return std::nullopt;
  return stream.canvas(*frame, head.last ? head.last->shown : Time{});
}

int KmsPresenter::Impl::turn_off(std::size_t output) noexcept {
  if (!ended_ || output >= heads_.size()) return EINVAL;
  return as_errno([&] { return setter_->turn_off(output); });
}

void KmsPresenter::Impl::close(std::size_t index) {
  static_cast<void>(stream(index));
  streams_[index].close(Clock::now());
}

bool KmsPresenter::Impl::finished(std::size_t index) const {
  const FrameRing& ring = stream(index).ring();
  if (ended_) return true;
  if (!ring.closed()) return false;
  bool away = true;
  for (int i = 0; i < ring.outputs(); ++i) away = away && ring.away(i);
  return away || ring.drained();
}

int KmsPresenter::Impl::restore() noexcept {
  if (std::exchange(ended_, true)) return 0;
  const Time now = Clock::now();
  for (FrameStream& stream : streams_) stream.abort(now);
  const int errnum = saved_.restore();
  // What is still on its way is of no use to whoever reads from this device next. One that was
  // never lit has nothing on its way: what comes is for the presenter that still shows.
  if (lit_) static_cast<void>(events_.read_if_any(device_.fd()));
  return errnum;
}

// In mailbox mode a frame is drawn when an output has none to come, and then as late as is safe.
Time KmsPresenter::Impl::draw_time(std::size_t index, Time now) const {
  if (options_.mode != PresentMode::mailbox || options_.pace == DrawPace::always) {
    return Time::min();
  }
  const FrameRing& ring = streams_[index].ring();
  Time earliest = Time::max();
  for (const Head& head : heads_) {
    if (head.stream != index || ring.away(head.place)) continue;
    const bool has_next = streams_[index].on_their_way(head.place) > 0;
    if (!has_next) earliest = std::min(earliest, lit_ ? head.pacer.latest_draw(now) : Time::min());
  }
  return earliest;
}

// The next vertical blank, and one more for each frame that is before it.
Time KmsPresenter::Impl::foreseen(std::size_t index, Time now) const {
  const FrameRing& ring = streams_[index].ring();
  for (const Head& head : heads_) {
    if (head.stream != index || ring.away(head.place)) continue;
    int before = streams_[index].on_their_way(head.place);
    if (ring.policy() == RingPolicy::mailbox) before = std::min(before, 1);
    return head.pacer.vblank_after(now) + head.pacer.period() * before;
  }
  return now;
}

}  // namespace drmshow
