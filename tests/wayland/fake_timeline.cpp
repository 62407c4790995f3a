#include "fake_timeline.hpp"

#include <xf86drm.h>

#include <stdexcept>
#include <utility>

namespace drmshow::fake {

Timeline::Timeline(int drm, const UniqueFd& shared) : drm_(drm) {
  if (drm_ >= 0 && drmSyncobjFDToHandle(drm_, shared.get(), &handle_) != 0) {
    throw std::runtime_error("no timeline of this device");
  }
}

Timeline::~Timeline() {
  if (handle_ != 0) drmSyncobjDestroy(drm_, handle_);
}

bool Timeline::use(std::uint64_t point) {
  return std::exchange(last_used_, point) < point;
}

bool Timeline::passed(std::uint64_t point) const {
  std::uint32_t handle = handle_;
  std::uint64_t last = 0;
  return drm_ < 0 || (drmSyncobjQuery(drm_, &handle, &last, 1) == 0 && last >= point);
}

void Timeline::pass(std::uint64_t point) const {
  if (drm_ >= 0) drmSyncobjTimelineSignal(drm_, &handle_, &point, 1);
}

}  // namespace drmshow::fake
