#include "drm-show/fd.hpp"

#include <cerrno>

#include <unistd.h>

namespace drmshow {

void UniqueFd::reset(int fd) noexcept {
  const int old = std::exchange(fd_, fd);
  if (old < 0) return;
  const int saved_errno = errno;
  ::close(old);  // never retried: Linux has released the number even when close() says EINTR
  errno = saved_errno;
}

}  // namespace drmshow
