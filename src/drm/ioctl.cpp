#include "drm/ioctl.hpp"

#include <cerrno>

#include <xf86drm.h>

namespace drmshow {

int try_ioctl(int fd, unsigned long request, void* argument) noexcept {
  return drmIoctl(fd, request, argument) == 0 ? 0 : errno;
}

Failure failure_of(int errnum) {
  switch (errnum) {
    case ENODEV:
    case EIO:
      return Failure::device_lost;
    case EACCES:
      return Failure::master_taken;
    case EPERM:
      return Failure::no_permission;
    case EINVAL:
    case ENOSPC:
    case ERANGE:
    case ENOENT:
      return Failure::mode_refused;
    default:
      return Failure::unexpected;
  }
}

std::string hint_for(int errnum) {
  switch (errnum) {
    case ENODEV:
    case EIO:
      return "The device was removed or its driver stopped. See the kernel's log (dmesg).";
    case EACCES:
      return "Only the DRM master may do this: switch to a free VT (Ctrl-Alt-F3) or stop the "
             "program that owns the display.";
    case ENOMEM:
    case ENOSPC:
      return "Memory for framebuffers ran out: choose a smaller mode (--mode) or fewer outputs "
             "(--output).";
    default:
      return {};
  }
}

void throw_device_error(const std::string& label, const std::string& what, int errnum) {
  throw Error{failure_of(errnum), label + ": " + what, hint_for(errnum), errnum};
}

void throw_read_error(const std::string& label, const std::string& what, int errnum) {
  const bool lost = failure_of(errnum) == Failure::device_lost;
  const bool forbidden = errnum == EACCES || errnum == EPERM;
  throw Error{lost        ? Failure::device_lost
              : forbidden ? Failure::no_permission
                          : Failure::unexpected,
              label + ": " + what, lost ? hint_for(errnum) : std::string{}, errnum};
}

void throw_removed(const Device& device) {
  throw Error{Failure::device_lost, device.label() + " was removed",
              "Its driver was unbound or the device unplugged: see dmesg."};
}

}  // namespace drmshow
