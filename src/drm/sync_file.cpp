#include "drm/sync_file.hpp"

#include <linux/sync_file.h>

#include "drm/ioctl.hpp"

namespace drmshow {

FenceState fence_state(int sync_file) noexcept {
  sync_file_info info{};
  if (try_ioctl(sync_file, SYNC_IOC_FILE_INFO, &info) != 0 || info.status < 0) {
    return FenceState::failed;
  }
  return info.status == 0 ? FenceState::unsignalled : FenceState::signalled;
}

}  // namespace drmshow
