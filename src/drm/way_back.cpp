#include "drm/way_back.hpp"

#include <cerrno>
#include <ctime>

#include <drm.h>
#include <sys/ioctl.h>

namespace drmshow {
namespace {

constexpr int most_interruptions =
    10'000;  // then it is no signal but a fault: do not spin for ever
constexpr int most_pauses = 20;
constexpr timespec pause{.tv_sec = 0, .tv_nsec = 10'000'000};  // 20 of them: 200 ms

// drmIoctl without a library behind it.
int interruptible_ioctl(int fd, unsigned long request, void* argument) noexcept {
  int errnum = EINTR;
  for (int i = 0; (errnum == EINTR || errnum == EAGAIN) && i < most_interruptions; ++i) {
    errnum = ::ioctl(fd, request, argument) == 0 ? 0 : errno;
  }
  return errnum;
}

// A flip that is pending, or memory that the dead process is still giving back.
bool passes(int errnum) noexcept {
  return errnum == EBUSY || errnum == ENOMEM;
}

int patient_ioctl(int fd, unsigned long request, void* argument) noexcept {
  int errnum = interruptible_ioctl(fd, request, argument);
  for (int i = 0; passes(errnum) && i < most_pauses; ++i) {
    ::nanosleep(&pause, nullptr);
    errnum = interruptible_ioctl(fd, request, argument);
  }
  return errnum;
}

std::uint64_t address_of_array(const auto& array) noexcept {
  return reinterpret_cast<std::uintptr_t>(array.data());
}

int make(int fd, const FlatCommit& commit) noexcept {
  if (commit.object_count == 0) return 0;
  drm_mode_atomic atomic{};
  atomic.flags = DRM_MODE_ATOMIC_ALLOW_MODESET;
  atomic.count_objs = commit.object_count;
  atomic.objs_ptr = address_of_array(commit.objects);
  atomic.count_props_ptr = address_of_array(commit.counts);
  atomic.props_ptr = address_of_array(commit.properties);
  atomic.prop_values_ptr = address_of_array(commit.values);
  return patient_ioctl(fd, DRM_IOCTL_MODE_ATOMIC, &atomic);
}

int set(int fd, const FlatCrtc& crtc) noexcept {
  drm_mode_crtc request = crtc.request;
  request.set_connectors_ptr = address_of_array(crtc.connectors);
  return patient_ioctl(fd, DRM_IOCTL_MODE_SETCRTC, &request);
}

// One that is refused does not keep the others from coming back.
int set_all(int fd, const WayBack& way) noexcept {
  int first_refusal = 0;
  for (std::uint32_t i = 0; i < way.crtc_count && i < WayBack::most_crtcs; ++i) {
    const int errnum = set(fd, way.crtcs[i]);
    if (first_refusal == 0) first_refusal = errnum;
  }
  return first_refusal;
}

}  // namespace

int go(int device_fd, const WayBack& way) noexcept {
  if (way.crtc_count > 0) return set_all(device_fd, way);
  const int errnum = make(device_fd, way.commit);
  if (errnum == 0 || errnum == EACCES || way.dark.object_count == 0) return errnum;
  return make(device_fd, way.dark);
}

}  // namespace drmshow
