// What newer kernels have and the libdrm that we are built against may not know yet.
// Source: include/uapi/drm/drm.h and drm_mode.h of Linux 7.2.
#pragma once

#include <cstdint>

namespace drmshow {

inline constexpr std::uint32_t drm_mode_object_colorop = 0xfafafafa;

inline constexpr std::uint64_t drm_client_cap_cursor_plane_hotspot = 6;
inline constexpr std::uint64_t drm_client_cap_plane_color_pipeline = 7;
inline constexpr std::uint64_t drm_cap_atomic_async_page_flip = 0x15;

/// TYPE of a colorop (enum drm_colorop_type).
inline constexpr std::uint64_t drm_colorop_1d_lut = 1;
inline constexpr std::uint64_t drm_colorop_ctm_3x4 = 2;

/// SIZE_HINTS (since Linux 6.15): as struct drm_plane_size_hint, in pixels.
struct PlaneSizeHint {
  std::uint16_t width;
  std::uint16_t height;
};

/// DATA of a 1D LUT: as struct drm_color_lut32; 0xffffffff is 1.0.
struct ColourLut32 {
  std::uint32_t red;
  std::uint32_t green;
  std::uint32_t blue;
  std::uint32_t reserved;
};

}  // namespace drmshow
