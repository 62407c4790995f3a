// The functions of libwayland-client, loaded when they are needed: most starts do without it. Files
// here say wl_display_flush(…) as everybody does; wayland_client.hpp turns that into these.
#pragma once

#include <wayland-client-core.h>

// Without "wl_", since whole names may be macros already.
// clang-format off
#define DRMSHOW_WAYLAND_FUNCTIONS(each) \
  each(display_cancel_read) \
  each(display_connect) \
  each(display_create_queue) \
  each(display_disconnect) \
  each(display_dispatch_pending) \
  each(display_dispatch_queue_pending) \
  each(display_flush) \
  each(display_get_error) \
  each(display_get_fd) \
  each(display_get_protocol_error) \
  each(display_prepare_read_queue) \
  each(display_read_events) \
  each(display_roundtrip) \
  each(event_queue_destroy) \
  each(log_set_handler_client) \
  each(proxy_add_listener) \
  each(proxy_create_wrapper) \
  each(proxy_destroy) \
  each(proxy_get_class) \
  each(proxy_get_user_data) \
  each(proxy_get_version) \
  each(proxy_marshal_flags) \
  each(proxy_set_queue) \
  each(proxy_set_user_data) \
  each(proxy_wrapper_destroy)
// clang-format on

namespace drmshow {

struct WaylandLibrary {
// NOLINTNEXTLINE(bugprone-macro-parentheses): a member's name
#define DRMSHOW_MEMBER(name) decltype(&::wl_##name) name;
  DRMSHOW_WAYLAND_FUNCTIONS(DRMSHOW_MEMBER)
#undef DRMSHOW_MEMBER
};

/// Throws Error (compositor) if it is not installed. What libwayland has to say goes to
/// last_wayland_message() from then on, and not to stderr.
const WaylandLibrary& wayland_library();

}  // namespace drmshow
