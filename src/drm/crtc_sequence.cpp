#include "drm/crtc_sequence.hpp"

#include <cerrno>

#include <drm.h>

#include "drm/ioctl.hpp"

namespace drmshow {

std::optional<std::uint64_t> crtc_sequence(const Device& device, CrtcId crtc) noexcept {
  drm_crtc_get_sequence request{};
  request.crtc_id = crtc.raw();
  if (try_ioctl(device.fd(), DRM_IOCTL_CRTC_GET_SEQUENCE, &request) != 0) return std::nullopt;
  return request.sequence;
}

bool has_vblank(const Device& device, CrtcId crtc) noexcept {
  drm_crtc_get_sequence request{};
  request.crtc_id = crtc.raw();
  return try_ioctl(device.fd(), DRM_IOCTL_CRTC_GET_SEQUENCE, &request) != EOPNOTSUPP;
}

}  // namespace drmshow
