// The functions of libwayland-client, loaded when they are needed: most starts do without it. Files
// here say wl_display_flush(…) as everybody does; wayland_client.hpp turns that into these.
#pragma once

#include <wayland-client-core.h>

// clang-format off
#define DRMSHOW_WAYLAND_FUNCTIONS(each) \
  each(wl_display_cancel_read) \
  each(wl_display_connect) \
  each(wl_display_create_queue) \
  each(wl_display_disconnect) \
  each(wl_display_dispatch_pending) \
  each(wl_display_dispatch_queue_pending) \
  each(wl_display_flush) \
  each(wl_display_get_error) \
  each(wl_display_get_fd) \
  each(wl_display_get_protocol_error) \
  each(wl_display_prepare_read_queue) \
  each(wl_display_read_events) \
  each(wl_display_roundtrip) \
  each(wl_event_queue_destroy) \
  each(wl_log_set_handler_client) \
  each(wl_proxy_add_listener) \
  each(wl_proxy_create_wrapper) \
  each(wl_proxy_destroy) \
  each(wl_proxy_get_class) \
  each(wl_proxy_get_user_data) \
  each(wl_proxy_get_version) \
  each(wl_proxy_marshal_flags) \
  each(wl_proxy_set_queue) \
  each(wl_proxy_set_user_data) \
  each(wl_proxy_wrapper_destroy)
// clang-format on

namespace drmshow {

struct WaylandLibrary {
#define DRMSHOW_MEMBER(name) decltype(&::name) name;
  DRMSHOW_WAYLAND_FUNCTIONS(DRMSHOW_MEMBER)
#undef DRMSHOW_MEMBER
};

/// Throws Error (compositor) if it is not installed. What libwayland has to say goes to
/// last_wayland_message() from then on, and not to stderr.
const WaylandLibrary& wayland_library();

}  // namespace drmshow
