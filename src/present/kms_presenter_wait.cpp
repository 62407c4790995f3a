// The one poll: what a presenter waits for, and until when.
#include <algorithm>
#include <cerrno>
#include <ctime>
#include <utility>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "drm/ioctl.hpp"
#include "present/kms_presenter_impl.hpp"

namespace drmshow {
namespace {

timespec to_timespec(Nanoseconds left) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  return {static_cast<time_t>(seconds.count()), static_cast<long>((left - seconds).count())};
}

}  // namespace

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
  for (const FrameStream& stream : streams_) {
    for (int slot = 0; slot < stream.ring().slots(); ++slot) {
      first = std::min(first, stream.fence_deadline(slot));
    }
    if (stream.had_enough()) first = now;
    first = std::min(first, stream.draw_later());
  }
  return first;
}

std::size_t KmsPresenter::Impl::gather_fds(std::span<pollfd> others) {
  if (others.size() > most_others) {
    throw Error{Failure::usage, fmt::format("{} descriptors to wait for", others.size()),
                fmt::format("At most {} are possible.", most_others)};
  }
  fds_.clear();
  fds_.push_back({device_.fd(), POLLIN, 0});
  fds_.push_back({uevents_.fd(), POLLIN, 0});
  fds_.insert(fds_.end(), others.begin(), others.end());
  for (const FrameStream& stream : streams_) {
    for (int i = 0; i < stream.ring().slots(); ++i) {
      if (stream.waits_for_fence(i)) fds_.push_back({stream.slot(i).fence.get(), POLLIN, 0});
    }
  }
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
  const timespec left = to_timespec(end > now ? end - now : Nanoseconds{});
  for (FrameStream& stream : streams_) stream.waited();
  const int ready =
      ::ppoll(fds_.data(), fds_.size(), end == Time::max() ? nullptr : &left, nullptr);
  if (ready < 0 && errno != EINTR) throw Error{Failure::unexpected, "cannot wait", {}, errno};
  if (ready < 0) {
    for (pollfd& fd : fds_) fd.revents = 0;
  }
  std::copy_n(fds_.begin() + 2, others.size(), others.begin());
  throw_if_removed(fds_[0]);
  now = Clock::now();
  if ((fds_[0].revents & POLLIN) != 0) handle_events(events_.read(device_.fd()), now);
  if (fds_[1].revents != 0) {
    read_uevents(now);
    now = Clock::now();  // looking at cables takes long
  }
  if (fds_.size() > fences) look_at_fences(now);
  look_after_flips(now);
  serve(now);
}

}  // namespace drmshow
