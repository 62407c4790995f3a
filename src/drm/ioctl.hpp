// The kernel's requests with one error convention. libdrm mixes -1 with errno, -errno and NULL;
// everything of ours that changes state goes through here instead.
#pragma once

#include <string>

#include "drm-show/device.hpp"
#include "drm-show/error.hpp"

namespace drmshow {

/// Runs a DRM ioctl, restarted on EINTR and EAGAIN (as libdrm does). Returns 0 or the errno.
[[nodiscard]] int try_ioctl(int fd, unsigned long request, void* argument) noexcept;

/// What errno `errnum` from a request to `device` means to the user.
Failure failure_of(int errnum);
/// What to do about it; may be empty.
std::string hint_for(int errnum);

/// Throws the Error for `errnum`: "card0 (vkms): `what`: ...". `label`: Device::label().
[[noreturn]] void throw_device_error(const std::string& label, const std::string& what, int errnum);
[[noreturn]] inline void throw_device_error(const Device& device, const std::string& what,
                                            int errnum) {
  throw_device_error(device.label(), what, errnum);
}

/// The same for a request that only asks: nothing was refused, and no master is needed.
[[noreturn]] void throw_read_error(const std::string& label, const std::string& what, int errnum);

/// Throws the Error for a device that the kernel has announced as gone.
[[noreturn]] void throw_removed(const Device& device);

/// As try_ioctl, but any failure is an Error that says `what` could not be done.
template <class Argument>
void checked_ioctl(const Device& device, unsigned long request, Argument& argument,
                   const std::string& what) {
  if (const int errnum = try_ioctl(device.fd(), request, &argument)) {
    throw_device_error(device, what, errnum);
  }
}

}  // namespace drmshow
