// libwayland and the protocols, through functions that are loaded at run time (wayland_library).
// Included by .cpp files only; headers name the types.
#pragma once

#include <wayland-client-core.h>

#include "wayland/wayland_library.hpp"

// The headers below are inline functions that call these.
#define wl_display_cancel_read ::drmshow::wayland_library().display_cancel_read
#define wl_display_connect ::drmshow::wayland_library().display_connect
#define wl_display_create_queue ::drmshow::wayland_library().display_create_queue
#define wl_display_disconnect ::drmshow::wayland_library().display_disconnect
#define wl_display_dispatch_pending ::drmshow::wayland_library().display_dispatch_pending
#define wl_display_dispatch_queue_pending \
  ::drmshow::wayland_library().display_dispatch_queue_pending
#define wl_display_flush ::drmshow::wayland_library().display_flush
#define wl_display_get_error ::drmshow::wayland_library().display_get_error
#define wl_display_get_fd ::drmshow::wayland_library().display_get_fd
#define wl_display_get_protocol_error ::drmshow::wayland_library().display_get_protocol_error
#define wl_display_prepare_read_queue ::drmshow::wayland_library().display_prepare_read_queue
#define wl_display_read_events ::drmshow::wayland_library().display_read_events
#define wl_display_roundtrip ::drmshow::wayland_library().display_roundtrip
#define wl_event_queue_destroy ::drmshow::wayland_library().event_queue_destroy
#define wl_proxy_add_listener ::drmshow::wayland_library().proxy_add_listener
#define wl_proxy_create_wrapper ::drmshow::wayland_library().proxy_create_wrapper
#define wl_proxy_destroy ::drmshow::wayland_library().proxy_destroy
#define wl_proxy_get_class ::drmshow::wayland_library().proxy_get_class
#define wl_proxy_get_user_data ::drmshow::wayland_library().proxy_get_user_data
#define wl_proxy_get_version ::drmshow::wayland_library().proxy_get_version
#define wl_proxy_marshal_flags ::drmshow::wayland_library().proxy_marshal_flags
#define wl_proxy_set_queue ::drmshow::wayland_library().proxy_set_queue
#define wl_proxy_set_user_data ::drmshow::wayland_library().proxy_set_user_data
#define wl_proxy_wrapper_destroy ::drmshow::wayland_library().proxy_wrapper_destroy

#include <wayland-client-protocol.h>

#include "fractional-scale-v1-client-protocol.h"
#include "linux-dmabuf-v1-client-protocol.h"
#include "presentation-time-client-protocol.h"
#include "viewporter-client-protocol.h"
// What wayland-protocols of Debian 12 (1.31) does not have yet, meson.build says.
#if DRMSHOW_HAVE_TEARING_CONTROL_V1
#include "tearing-control-v1-client-protocol.h"
#endif
#if DRMSHOW_HAVE_LINUX_DRM_SYNCOBJ_V1
#include "linux-drm-syncobj-v1-client-protocol.h"
#endif
#if DRMSHOW_HAVE_FIFO_V1
#include "fifo-v1-client-protocol.h"
#endif
#if DRMSHOW_HAVE_COMMIT_TIMING_V1
#include "commit-timing-v1-client-protocol.h"
#endif
