#include "wayland/sync_timeline.hpp"

#include <cerrno>
#include <utility>

#include <xf86drm.h>

#include "drm-show/error.hpp"
#include "drm/ioctl.hpp"

namespace drmshow {
namespace {

// In drm.h since Linux 6.6.
struct SyncobjEventfdRequest {
  std::uint32_t handle;
  std::uint32_t flags;
  std::uint64_t point;
  std::int32_t fd;
  std::uint32_t pad;
};
constexpr unsigned long syncobj_eventfd = DRM_IOWR(0xCF, SyncobjEventfdRequest);

[[noreturn]] void throw_no_timeline(int errnum) {
  throw Error{
      Failure::gpu, "the GPU's driver has no timelines to share with the compositor", {}, errnum};
}

/// libdrm gives -1 and errno in some of these, -errno in others.
int errno_of(int result) {
  if (result == 0) return 0;
  return result == -1 ? errno : -result;
}

}  // namespace

SyncTimeline::SyncTimeline(int drm) : drm_{drm} {
  std::uint64_t has_timelines = 0;
  if (::drmGetCap(drm, DRM_CAP_SYNCOBJ_TIMELINE, &has_timelines) != 0 || has_timelines == 0) {
    throw_no_timeline(EOPNOTSUPP);
  }
  if (const int errnum = errno_of(::drmSyncobjCreate(drm, 0, &handle_))) throw_no_timeline(errnum);
}

SyncTimeline::SyncTimeline(SyncTimeline&& other) noexcept
    : drm_{other.drm_}, handle_{std::exchange(other.handle_, 0)} {}

SyncTimeline::~SyncTimeline() {
  if (handle_ != 0) ::drmSyncobjDestroy(drm_, handle_);
}

UniqueFd SyncTimeline::share() const {
  int fd = -1;
  if (const int errnum = errno_of(::drmSyncobjHandleToFD(drm_, handle_, &fd))) {
    throw_no_timeline(errnum);
  }
  return UniqueFd{fd};
}

int SyncTimeline::pass_with(std::uint64_t point, int sync_file) const noexcept {
  // A sync file goes into a syncobj of one point only, and from there to a point of another.
  std::uint32_t single = 0;
  if (const int errnum = errno_of(::drmSyncobjCreate(drm_, 0, &single))) return errnum;
  int errnum = errno_of(::drmSyncobjImportSyncFile(drm_, single, sync_file));
  if (errnum == 0) errnum = errno_of(::drmSyncobjTransfer(drm_, handle_, point, single, 0, 0));
  ::drmSyncobjDestroy(drm_, single);
  return errnum;
}

int SyncTimeline::pass(std::uint64_t point) const noexcept {
  const std::uint32_t handle = handle_;
  return errno_of(::drmSyncobjTimelineSignal(drm_, &handle, &point, 1));
}

std::uint64_t SyncTimeline::passed() const noexcept {
  std::uint32_t handle = handle_;
  std::uint64_t point = 0;
  return ::drmSyncobjQuery(drm_, &handle, &point, 1) == 0 ? point : 0;
}

int SyncTimeline::notify(std::uint64_t point, int eventfd) const noexcept {
  SyncobjEventfdRequest request{handle_, 0, point, eventfd, 0};
  return try_ioctl(drm_, syncobj_eventfd, &request);
}

}  // namespace drmshow
