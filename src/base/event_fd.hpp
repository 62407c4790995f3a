// Descriptors by which one thread tells another that something has happened.
#pragma once

#include <cerrno>

#include <sys/eventfd.h>

#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"

namespace drmshow {

/// Nobody waits in a read of it. Throws Error.
inline UniqueFd make_event_fd() {
  UniqueFd fd{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  if (!fd) throw Error{Failure::unexpected, "cannot make an eventfd", {}, errno};
  return fd;
}

/// It is readable from here on, until it is read.
inline void raise_event(const UniqueFd& fd) noexcept {
  static_cast<void>(::eventfd_write(fd.get(), 1));
}

/// It is not readable any more. False if it was not.
inline bool take_event(const UniqueFd& fd) noexcept {
  eventfd_t count = 0;
  return ::eventfd_read(fd.get(), &count) == 0;
}

}  // namespace drmshow
