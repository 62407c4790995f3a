// What newer kernels have and the libdrm that we are built against may not know yet.
// Source: include/uapi/drm/drm.h and drm_mode.h of Linux 7.2.
#pragma once

#include <cstdint>

namespace drmshow {

inline constexpr std::uint32_t drm_mode_object_colorop = 0xfafafafa;

inline constexpr std::uint64_t drm_client_cap_cursor_plane_hotspot = 6;
inline constexpr std::uint64_t drm_client_cap_plane_color_pipeline = 7;
inline constexpr std::uint64_t drm_cap_atomic_async_page_flip = 0x15;

}  // namespace drmshow
