#include "drm/gem_handles.hpp"

#include <algorithm>
#include <cassert>

#include <drm.h>
#include <fcntl.h>

#include "drm/ioctl.hpp"

namespace drmshow {

GemHandles::~GemHandles() {
  for (std::size_t i = 0; i < count_; ++i) {
    drm_gem_close close{.handle = handles_[i], .pad = 0};
    static_cast<void>(try_ioctl(device_.fd(), DRM_IOCTL_GEM_CLOSE, &close));
  }
}

std::uint32_t GemHandles::import(int dmabuf) {
  drm_prime_handle prime{.handle = 0, .flags = 0, .fd = dmabuf};
  if (const int errnum = try_ioctl(device_.fd(), DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime)) {
    // Whatever it is, ENODEV of virtio_gpu for instance: other memory may do.
    throw Error{Failure::mode_refused,
                device_.label() + ": cannot use another device's memory",
                {},
                errnum};
  }
  const auto end = handles_.begin() + static_cast<std::ptrdiff_t>(count_);
  if (std::find(handles_.begin(), end, prime.handle) == end) {
    assert(count_ < handles_.size());
    handles_[count_++] = prime.handle;
  }
  return prime.handle;
}

UniqueFd share_buffer(const Device& device, const DumbBuffer& buffer) {
  drm_prime_handle prime{.handle = buffer.handle(), .flags = DRM_CLOEXEC | DRM_RDWR, .fd = -1};
  if (const int errnum = try_ioctl(device.fd(), DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime)) {
    throw Error{
        Failure::mode_refused, device.label() + ": cannot share memory with the GPU", {}, errnum};
  }
  return UniqueFd{prime.fd};
}

}  // namespace drmshow
