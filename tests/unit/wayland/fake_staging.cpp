// fifo-v1, commit-timing-v1 and tearing-control-v1 of the fake compositor, as far as we were built
// with them.
#include "fake_state.hpp"

#if DRMSHOW_HAVE_FIFO_V1
#include "fifo-v1-server-protocol.h"
#endif
#if DRMSHOW_HAVE_COMMIT_TIMING_V1
#include "commit-timing-v1-server-protocol.h"
#endif
#if DRMSHOW_HAVE_TEARING_CONTROL_V1
#include "tearing-control-v1-server-protocol.h"
#endif
#include "wayland/presentation_clock.hpp"

namespace drmshow::fake {
namespace {

/// Binds a manager whose requests are `requests`.
template <class Requests, const wl_interface* interface, const Requests* requests>
void bind_manager(wl_client* client, void* data, std::uint32_t /*version*/, std::uint32_t id) {
  wl_resource* const resource = wl_resource_create(client, interface, 1, id);
  wl_resource_set_implementation(resource, requests, data, nullptr);
}

#if DRMSHOW_HAVE_FIFO_V1
void set_barrier(wl_client*, wl_resource* resource) {
  surface_of(resource).pending.set_barrier = true;
}
void wait_barrier(wl_client*, wl_resource* resource) {
  surface_of(resource).pending.wait_barrier = true;
}
const struct wp_fifo_v1_interface fifo_requests { set_barrier, wait_barrier, destroy_resource };
void get_fifo(wl_client* client, wl_resource* manager, std::uint32_t id, wl_resource* surface) {
  make(client, manager, wp_fifo_v1_interface, &fifo_requests, &surface_of(surface), id);
}
constexpr struct wp_fifo_manager_v1_interface fifo_manager { destroy_resource, get_fifo };
#endif

#if DRMSHOW_HAVE_COMMIT_TIMING_V1
void set_timestamp(wl_client*, wl_resource* resource, std::uint32_t high, std::uint32_t low,
                   std::uint32_t nanoseconds) {
  surface_of(resource).pending.not_before = from_wire({high, low, nanoseconds});
}
const struct wp_commit_timer_v1_interface timer_requests { set_timestamp, destroy_resource };
void get_timer(wl_client* client, wl_resource* manager, std::uint32_t id, wl_resource* surface) {
  make(client, manager, wp_commit_timer_v1_interface, &timer_requests, &surface_of(surface), id);
}
constexpr struct wp_commit_timing_manager_v1_interface timing_manager {
  destroy_resource, get_timer
};
#endif

#if DRMSHOW_HAVE_TEARING_CONTROL_V1
void set_hint(wl_client*, wl_resource* resource, std::uint32_t hint) {
  surface_of(resource).pending.tearing = hint == WP_TEARING_CONTROL_V1_PRESENTATION_HINT_ASYNC;
}
const struct wp_tearing_control_v1_interface tearing_requests { set_hint, destroy_resource };
void get_tearing(wl_client* client, wl_resource* manager, std::uint32_t id, wl_resource* surface) {
  make(client, manager, wp_tearing_control_v1_interface, &tearing_requests, &surface_of(surface),
       id);
}
constexpr struct wp_tearing_control_manager_v1_interface tearing_manager {
  destroy_resource, get_tearing
};
#endif

}  // namespace

void offer_staging([[maybe_unused]] FakeCompositor::State& state) {
#if DRMSHOW_HAVE_FIFO_V1
  wl_global_create(state.display, &wp_fifo_manager_v1_interface, 1, &state,
                   bind_manager<struct wp_fifo_manager_v1_interface, &wp_fifo_manager_v1_interface,
                                &fifo_manager>);
#endif
#if DRMSHOW_HAVE_COMMIT_TIMING_V1
  wl_global_create(state.display, &wp_commit_timing_manager_v1_interface, 1, &state,
                   bind_manager<struct wp_commit_timing_manager_v1_interface,
                                &wp_commit_timing_manager_v1_interface, &timing_manager>);
#endif
#if DRMSHOW_HAVE_TEARING_CONTROL_V1
  wl_global_create(state.display, &wp_tearing_control_manager_v1_interface, 1, &state,
                   bind_manager<struct wp_tearing_control_manager_v1_interface,
                                &wp_tearing_control_manager_v1_interface, &tearing_manager>);
#endif
}

}  // namespace drmshow::fake
