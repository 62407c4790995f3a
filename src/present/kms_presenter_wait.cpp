// The one poll: what a presenter waits for, and until when.
#include <algorithm>
#include <utility>

#include "present/kms_presenter_impl.hpp"
#include "present/poll_until.hpp"

namespace drmshow {

Time KmsPresenter::Impl::next_deadline(Time now) const {
  Time first = resume_at_;
  for (const Head& head : heads_) {
    const FrameStream& stream = stream_of(head);
    if (stream.ring().away(head.place)) continue;
    first = std::min(first, head.watch.deadline());
    const auto frame = lit_ ? stream.ring().upcoming(head.place) : std::nullopt;
    if (frame && stream.waits_for_fence(frame->slot)) continue;
    if (frame) {
      const Time commit = std::min(head.commit_by, commit_time(head, frame->slot, now));
      first = std::min(first, std::max(head.retry_at, commit));
    } else if (head.retry_at > now) {
      first = std::min(first, head.retry_at);
    }
  }
  for (const FrameStream& stream : streams_) first = std::min(first, stream.deadline(now));
  return first;
}

std::size_t KmsPresenter::Impl::gather_fds(std::span<pollfd> others) {
  check_others(others);
  fds_.clear();
  fds_.push_back({device_.fd(), POLLIN, 0});
  fds_.push_back({uevents_.fd(), POLLIN, 0});
  fds_.insert(fds_.end(), others.begin(), others.end());
  for (const FrameStream& stream : streams_) stream.add_fences(fds_);
  return 2 + others.size();
}

void KmsPresenter::Impl::wait(std::span<pollfd> others, Time until) {
  if (ended_) return;
  Time now = Clock::now();
  serve(now);
  const std::size_t fences = gather_fds(others);
  // What has happened since the last wait has to be told, for instance that a modeset showed a
  // frame.
  const Time end = std::exchange(news_, false) ? now : std::min(until, next_deadline(now));
  for (FrameStream& stream : streams_) stream.waited();
  poll_until(fds_, end, now);
  std::copy_n(fds_.begin() + 2, others.size(), others.begin());
  throw_if_removed(fds_[0]);
  now = Clock::now();
  if ((fds_[0].revents & POLLIN) != 0) handle_events(events_.read(device_.fd()), now);
  if (fds_[1].revents != 0) {
    read_uevents(now);
    now = Clock::now();  // looking at cables takes long
  }
  if (fds_.size() > fences) {
    for (FrameStream& stream : streams_) stream.look_at_fences(now);
  }
  look_after_flips(now);
  serve(now);
}

}  // namespace drmshow
