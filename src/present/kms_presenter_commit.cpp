// Commits: when, of what, and what to do if the kernel does not take one.
#include <algorithm>
#include <cerrno>

#include <drm_mode.h>

#include "drm-show/error.hpp"
#include "drm/crtc_sequence.hpp"
#include "drm/ioctl.hpp"
#include "present/kms_presenter_impl.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds busy_retry = 1ms;
constexpr Nanoseconds busy_patience = 1s;
constexpr int most_modesets_in_vain = 3;
// Sleeping is not more exact than this; a commit that is due in less is made now.
constexpr Nanoseconds slack = 50us;

}  // namespace

void KmsPresenter::Impl::serve(Time now) {
  if (now >= resume_at_) try_to_resume(now);
  if (!lit_) return light_up(now);
  for (Head& head : heads_) serve(head, now);
}

void KmsPresenter::Impl::serve(Head& head, Time now) {
  if (now < head.retry_at) return;
  const FrameRing& ring = stream_of(head).ring();
  const auto frame = ring.upcoming(head.place);
  if (!frame) return;
  if (ring.needs_modeset(head.place)) {
    Head* const one = &head;
    return set_modes({&one, 1}, now);
  }
  const Time time = commit_time(head, frame->slot, now);
  // Once it is planned for a vertical blank it stays so: if we wake too late for that, it is not
  // put off to the next one again and again.
  if (commits_late(head)) head.commit_by = std::min(head.commit_by, time);
  if (std::min(head.commit_by, time) <= now + slack) flip(head, now);
}

bool KmsPresenter::Impl::commits_late(const Head& head) const {
  return options_.mode == PresentMode::mailbox && head.pacer.source() == Pacer::Source::vblank;
}

Time KmsPresenter::Impl::commit_time(const Head& head, int slot, Time now) const {
  const FrameStream& stream = stream_of(head);
  const Time earliest = head.pacer.earliest_commit(now, stream.slot(slot).due);
  return commits_late(head) ? std::max(earliest, head.pacer.latest_commit(now)) : earliest;
}

// All outputs at once, when each has its first frame.
void KmsPresenter::Impl::light_up(Time now) {
  to_light_.clear();
  for (Head& head : heads_) {
    const FrameRing& ring = stream_of(head).ring();
    if (ring.away(head.place) || (ring.closed() && ring.drained())) continue;
    if (!ring.upcoming(head.place) || now < head.retry_at) return;
    to_light_.push_back(&head);
  }
  if (!to_light_.empty()) set_modes(to_light_, now);
}

void KmsPresenter::Impl::set_modes(std::span<Head* const> heads, Time now) {
  std::vector<Showing> showing;
  std::vector<Flip> flips;
  for (const Head* head : heads) {
    flips.push_back(*stream_of(*head).next(head->place));
    showing.push_back({head->output, framebuffer(stream_of(*head), flips.back().frame.slot)});
  }
  int errnum = setter_->show(showing, Extras::with);
  auto context = CommitContext::special_modeset;
  if (errnum != 0 && lit_ && next_step(errnum, context) == CommitStep::without_extras) {
    context = CommitContext::modeset;
    errnum = setter_->show(showing, Extras::without);
  }
  const Time done = Clock::now();
  for (std::size_t i = 0; i < heads.size(); ++i) {
    Head& head = *heads[i];
    if (errnum != 0) {
      refused(head, flips[i], context, errnum, now);
      continue;
    }
    note_lit(head, flips[i], done);
  }
  lit_ = lit_ || errnum == 0;
}

void KmsPresenter::Impl::note_lit(Head& head, const Flip& flip, Time now) {
  head.committed = now;
  if (!lit_ && head.pacer.source() == Pacer::Source::vblank &&
      !has_vblank(device_, plan_.outputs()[head.output].crtc)) {
    head.pacer.set_source(Pacer::Source::timer);
  }
  stream_of(head).flipped(
      head.place,
      {.cookie = flip.cookie, .how = PresentStep::modeset, .shown = {}, .flags = modeset_flags()},
      now);
  head.start_anew();
  news_ = true;
}

std::uint16_t KmsPresenter::Impl::modeset_flags() const {
  return plan_.api() == Api::atomic ? DRM_MODE_ATOMIC_ALLOW_MODESET : 0;
}

std::uint16_t KmsPresenter::Impl::flags_of(const Head& head, const Flip& flip) const {
  if (flip.modeset) return modeset_flags();
  return static_cast<std::uint16_t>(head.flipper.flags(kind_of_flip(head)));
}

FlipRequest KmsPresenter::Impl::flip_request(const Head& head, const Flip& flip) const {
  const FrameStream& stream = stream_of(head);
  const int fence = flip.wait_for_fence ? stream.slot(flip.frame.slot).fence.get() : -1;
  return {framebuffer(stream, flip.frame.slot), user_data(head, flip.cookie), kind_of_flip(head),
          fence};
}

void KmsPresenter::Impl::flip(Head& head, Time now) {
  FrameStream& stream = stream_of(head);
  if (stream.waits_for_fence(stream.ring().upcoming(head.place)->slot)) return;
  const Flip flip = *stream.next(head.place);
  const FlipRequest request = flip_request(head, flip);
  int fence = -1;
  // Tearing flips take nothing but a framebuffer.
  const bool exported = options_.out_fences == OutFences::exported && !head.tears;
  const int errnum = head.flipper.flip(request, exported ? &fence : nullptr);
  const Time after = Clock::now();
  head.pacer.committed(after - now);
  if (errnum != 0) {
    const auto context = head.tears              ? CommitContext::async_flip
                         : request.in_fence >= 0 ? CommitContext::fenced_flip
                                                 : CommitContext::flip;
    return refused(head, flip, context, errnum, after);
  }
  if (exported) head.out_fence = UniqueFd{fence};
  head.committed = now;
  head.watch.committed(after);
  head.commit_by = Time::max();
  head.retry_at = Time::min();
  head.busy_since = Time::max();
  stream.committed(head.place, flip, now, flags_of(head, flip));
}

void KmsPresenter::Impl::refused(Head& head, const Flip& flip, CommitContext context, int errnum,
                                 Time now) {
  FrameStream& stream = stream_of(head);
  const CommitStep step = next_step(errnum, context);
  // Without the user's settings it was tried already, if it may be.
  if (step == CommitStep::give_up || step == CommitStep::without_extras) {
    stream.dropped(head.place, flip.cookie, errnum, now, flags_of(head, flip));
    give_up(head, flip.modeset ? "cannot set the mode" : "cannot flip to the next frame", errnum);
  }
  stream.refused(head.place, flip.cookie, errnum, now, flags_of(head, flip));
  ++head.refusals;
  switch (step) {
    case CommitStep::synchronous:
      head.tears = false;
      head.pacer.set_source(Pacer::Source::vblank);
      return flip_again(head, now);
    case CommitStep::without_fence:
      stream.keep_fences();
      return;
    case CommitStep::suspend:
      return lose_master(errnum, now);
    case CommitStep::set_mode:
      return restate(head, errnum, now);
    default:
      return wait_a_little(head, errnum, now);
  }
}

void KmsPresenter::Impl::flip_again(Head& head, Time now) {
  if (stream_of(head).ring().upcoming(head.place)) flip(head, now);
}

// The display is not in the state that we think: the next commit says all of it.
void KmsPresenter::Impl::restate(Head& head, int errnum, Time now) {
  if (++head.modesets_in_vain > most_modesets_in_vain) {
    give_up(head, "cannot flip to the next frame", errnum);
  }
  stream_of(head).arm_modeset(head.place, now);
  serve(head, now);
}

void KmsPresenter::Impl::wait_a_little(Head& head, int errnum, Time now) {
  head.busy_since = std::min(head.busy_since, now);
  if (now - head.busy_since > busy_patience) {
    if (!stream_of(head).ring().needs_modeset(head.place)) {
      head.busy_since = Time::max();
      return restate(head, errnum, now);
    }
    give_up(head, "the kernel does not take commits", errnum);
  }
  head.retry_at = now + busy_retry;
}

void KmsPresenter::Impl::give_up(const Head& head, const std::string& what, int errnum) {
  throw_device_error(device_.label(), plan_.outputs()[head.output].name + ": " + what, errnum);
}

}  // namespace drmshow
