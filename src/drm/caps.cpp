#include "drm/caps.hpp"

#include <drm.h>

#include "drm/new_kernel.hpp"

namespace drmshow {
namespace {

constexpr NamedCap driver[] = {
    {"DUMB_BUFFER", DRM_CAP_DUMB_BUFFER},
    {"VBLANK_HIGH_CRTC", DRM_CAP_VBLANK_HIGH_CRTC},
    {"DUMB_PREFERRED_DEPTH", DRM_CAP_DUMB_PREFERRED_DEPTH},
    {"DUMB_PREFER_SHADOW", DRM_CAP_DUMB_PREFER_SHADOW},
    {"PRIME", DRM_CAP_PRIME},
    {"TIMESTAMP_MONOTONIC", DRM_CAP_TIMESTAMP_MONOTONIC},
    {"ASYNC_PAGE_FLIP", DRM_CAP_ASYNC_PAGE_FLIP},
    {"CURSOR_WIDTH", DRM_CAP_CURSOR_WIDTH},
    {"CURSOR_HEIGHT", DRM_CAP_CURSOR_HEIGHT},
    {"ADDFB2_MODIFIERS", DRM_CAP_ADDFB2_MODIFIERS},
    {"PAGE_FLIP_TARGET", DRM_CAP_PAGE_FLIP_TARGET},
    {"CRTC_IN_VBLANK_EVENT", DRM_CAP_CRTC_IN_VBLANK_EVENT},
    {"SYNCOBJ", DRM_CAP_SYNCOBJ},
    {"SYNCOBJ_TIMELINE", DRM_CAP_SYNCOBJ_TIMELINE},
    {"ATOMIC_ASYNC_PAGE_FLIP", drm_cap_atomic_async_page_flip},
};

constexpr NamedCap client[] = {
    {"STEREO_3D", DRM_CLIENT_CAP_STEREO_3D},
    {"UNIVERSAL_PLANES", DRM_CLIENT_CAP_UNIVERSAL_PLANES},
    {"ATOMIC", DRM_CLIENT_CAP_ATOMIC},
    {"ASPECT_RATIO", DRM_CLIENT_CAP_ASPECT_RATIO},
    {"WRITEBACK_CONNECTORS", DRM_CLIENT_CAP_WRITEBACK_CONNECTORS},
    {"CURSOR_PLANE_HOTSPOT", drm_client_cap_cursor_plane_hotspot},
    {"PLANE_COLOR_PIPELINE", drm_client_cap_plane_color_pipeline},
};

}  // namespace

std::span<const NamedCap> driver_caps() {
  return driver;
}

std::span<const NamedCap> client_caps() {
  return client;
}

}  // namespace drmshow
