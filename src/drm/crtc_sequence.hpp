// A CRTC's counter of vertical blanks (DRM_IOCTL_CRTC_GET_SEQUENCE).
#pragma once

#include <cstdint>
#include <optional>

#include "drm-show/device.hpp"
#include "drm-show/id.hpp"

namespace drmshow {

/// nullopt if the driver has none (EOPNOTSUPP), the CRTC is off, or the device does not answer.
std::optional<std::uint64_t> crtc_sequence(const Device& device, CrtcId crtc) noexcept;

/// Whether this driver knows about vertical blanks at all; asked of a CRTC that is on.
bool has_vblank(const Device& device, CrtcId crtc) noexcept;

}  // namespace drmshow
