// The screen is somebody else's for a while: because we were asked to let go of it, or because it
// was taken.
#include <cerrno>

#include "drm-show/error.hpp"
#include "drm/ioctl.hpp"
#include "present/kms_presenter_impl.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds master_retry = 100ms;
// A flip takes a frame's time. What has not come after this will not come soon.
constexpr Nanoseconds settle_time = 100ms;

}  // namespace

void KmsPresenter::Impl::suspend() {
  if (ended_ || suspended_) return;
  settle();
  // The kernel would wait for a flip that is stuck, and whoever wants the screen for us.
  const bool can_go_back = !flips_pending();
  suspended_ = true;
  resume_at_ = Time::max();
  leave_all(ECANCELED, Clock::now());
  if (saved_.impl().let_go(can_go_back)) all_off(Clock::now());
}

// Our framebuffers are not shown any more.
void KmsPresenter::Impl::all_off(Time now) {
  for (Head& head : heads_) stream_of(head).off(head.place, now);
}

// False if there is nothing to take back.
bool KmsPresenter::Impl::take_back() {
  if (ended_ || !suspended_) return false;
  saved_.impl().take_back();
  return true;
}

void KmsPresenter::Impl::resume() {
  suspended_ = false;
  come_back(Clock::now());
}

// Whoever is next could not set up anything while a commit of ours is on its way.
void KmsPresenter::Impl::settle() {
  const Time end = Clock::now() + settle_time;
  for (Time now = Clock::now(); flips_pending() && now < end; now = Clock::now()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - now);
    pollfd fd{device_.fd(), POLLIN, 0};
    const int ready = ::poll(&fd, 1, static_cast<int>(left.count()));
    if (ready < 0 && errno != EINTR) return;
    throw_if_removed(fd);
    if (ready > 0) handle_events(events_.read(device_.fd()), Clock::now());
  }
}

bool KmsPresenter::Impl::flips_pending() const {
  for (const Head& head : heads_) {
    if (!head.unplugged && stream_of(head).ring().pending(head.place)) return true;
  }
  return false;
}

// What we show stays as it is; nothing must be touched.
void KmsPresenter::Impl::leave_all(int errnum, Time now) {
  for (Head& head : heads_) {
    FrameStream& stream = stream_of(head);
    // One that was to be set together with the one that was refused.
    if (stream.ring().modeset_pending(head.place)) {
      stream.refused(head.place, stream.ring().pending_cookie(head.place), errnum, now);
    }
    if (!stream.ring().away(head.place)) stream.leave(head.place, errnum, now);
    head.watch.forget();
  }
}

// Somebody else is DRM master now, and has not asked.
void KmsPresenter::Impl::lose_master(int errnum, Time now) {
  leave_all(errnum, now);
  saved_.impl().let_go(false);
  resume_at_ = now + master_retry;
}

void KmsPresenter::Impl::try_to_resume(Time now) {
  try {
    saved_.impl().take_back();
  } catch (const Error& error) {
    if (error.failure() != Failure::master_taken) throw;
    resume_at_ = now + master_retry;
    return;
  }
  resume_at_ = Time::max();
  come_back(now);
}

// Whoever was master may have moved anything: all outputs are set together, from what is there now.
void KmsPresenter::Impl::come_back(Time now) {
  if (!plan_.look_again()) {
    throw Error{Failure::device_lost,
                device_.label() + ": an output that was lit does not exist any more",
                "It was on a dock or hub that is gone."};
  }
  setter_ = plan_.make_setter();
  lit_ = false;
  for (Head& head : heads_) {
    if (!head.unplugged) enter(head, now);
  }
  look_at_cables(plan_.now(), now);
}

}  // namespace drmshow
