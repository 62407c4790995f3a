// wl_compositor, wl_surface, wp_viewporter and wp_presentation of the fake compositor.
#include <algorithm>
#include <utility>

#include <sys/socket.h>
#include <wayland-server-protocol.h>

#include "fake_state.hpp"
#include "presentation-time-server-protocol.h"
#include "viewporter-server-protocol.h"
#include "wayland/presentation_clock.hpp"

namespace drmshow::fake {
namespace {

void answer_frames(Surface& surface, bool shown) {
  for (wl_resource* const frame : std::exchange(surface.frames, {})) {
    wl_callback_send_done(frame, 4711);
    wl_resource_destroy(frame);
  }
  const WireTime time = to_wire(surface.state->manners.presented_at);
  for (wl_resource* const feedback : std::exchange(surface.feedbacks, {})) {
    if (shown) {
      wp_presentation_feedback_send_presented(
          feedback, time.seconds_high, time.seconds_low, time.nanoseconds, 16666667, 1, 2,
          WP_PRESENTATION_FEEDBACK_KIND_VSYNC | WP_PRESENTATION_FEEDBACK_KIND_ZERO_COPY);
    } else {
      wp_presentation_feedback_send_discarded(feedback);
    }
    wl_resource_destroy(feedback);
  }
}

void show(Surface& surface) {
  wl_resource* const before = std::exchange(surface.shown, surface.buffer);
  if (before && before != surface.shown) wl_buffer_send_release(before);
}

void commit(wl_client* client, wl_resource* resource) {
  Surface& surface = surface_of(resource);
  surface.pending.buffer = surface.buffer != nullptr;
  surface.state->commits.push_back(surface.pending);
  surface.pending.set_barrier = surface.pending.wait_barrier = false;
  surface.pending.not_before.reset();
  switch (surface.state->manners.on_commit) {
    case OnCommit::answer:
    case OnCommit::discard:
      show(surface);
      return answer_frames(surface, surface.state->manners.on_commit == OnCommit::answer);
    case OnCommit::frame_only:
      show(surface);
      surface.feedbacks.clear();
      return answer_frames(surface, false);
    case OnCommit::keep_silent:
      surface.frames.clear();
      surface.feedbacks.clear();
      return;
    case OnCommit::refuse:
      return wl_resource_post_error(resource, 2, "this %s is not to my taste", "frame");
    case OnCommit::die:
      ::shutdown(wl_client_get_fd(client), SHUT_RDWR);  // it is destroyed when that is noticed
      return;
  }
}

void attach(wl_client*, wl_resource* resource, wl_resource* buffer, std::int32_t, std::int32_t) {
  surface_of(resource).buffer = buffer;
}
void damage(wl_client*, wl_resource* resource, std::int32_t x, std::int32_t y, std::int32_t width,
            std::int32_t height) {
  surface_of(resource).pending.damage = {{x, y}, {width, height}};
}
void frame(wl_client* client, wl_resource* resource, std::uint32_t id) {
  surface_of(resource).frames.push_back(wl_resource_create(client, &wl_callback_interface, 1, id));
}
void region(wl_client*, wl_resource*, wl_resource*) {}
void transform(wl_client*, wl_resource*, std::int32_t) {}
void scale(wl_client*, wl_resource* resource, std::int32_t factor) {
  surface_of(resource).pending.buffer_scale = factor;
}

const struct wl_surface_interface surface_requests {
  destroy_resource, attach, damage, frame, region, region, commit, transform, scale, nullptr,
#ifdef WL_SURFACE_OFFSET_SINCE_VERSION
      nullptr,
#endif
};

void forget_surface(wl_resource* resource) {
  delete &surface_of(resource);
}

void create_surface(wl_client* client, wl_resource* compositor, std::uint32_t id) {
  auto* const surface = new Surface;
  surface->state = &state_of(compositor);
  wl_resource* const resource =
      wl_resource_create(client, &wl_surface_interface, wl_resource_get_version(compositor), id);
  wl_resource_set_implementation(resource, &surface_requests, surface, forget_surface);
}
void create_region(wl_client*, wl_resource*, std::uint32_t) {}
const struct wl_compositor_interface compositor_requests { create_surface, create_region };

void set_source(wl_client*, wl_resource*, wl_fixed_t, wl_fixed_t, wl_fixed_t, wl_fixed_t) {}
void set_destination(wl_client*, wl_resource* resource, std::int32_t width, std::int32_t height) {
  surface_of(resource).pending.destination = {width, height};
}
const struct wp_viewport_interface viewport_requests {
  destroy_resource, set_source, set_destination
};
void get_viewport(wl_client* client, wl_resource* viewporter, std::uint32_t id,
                  wl_resource* surface) {
  make(client, viewporter, wp_viewport_interface, &viewport_requests, &surface_of(surface), id);
}
const struct wp_viewporter_interface viewporter_requests { destroy_resource, get_viewport };

void feedback(wl_client* client, wl_resource* /*presentation*/, wl_resource* surface,
              std::uint32_t id) {
  surface_of(surface).feedbacks.push_back(
      wl_resource_create(client, &wp_presentation_feedback_interface, 1, id));
}
const struct wp_presentation_interface presentation_requests { destroy_resource, feedback };

void bind_compositor(wl_client* client, void* data, std::uint32_t version, std::uint32_t id) {
  wl_resource* const resource =
      wl_resource_create(client, &wl_compositor_interface, static_cast<int>(version), id);
  wl_resource_set_implementation(resource, &compositor_requests, data, nullptr);
}
void bind_viewporter(wl_client* client, void* data, std::uint32_t /*version*/, std::uint32_t id) {
  wl_resource* const resource = wl_resource_create(client, &wp_viewporter_interface, 1, id);
  wl_resource_set_implementation(resource, &viewporter_requests, data, nullptr);
}
void bind_presentation(wl_client* client, void* data, std::uint32_t /*version*/, std::uint32_t id) {
  wl_resource* const resource = wl_resource_create(client, &wp_presentation_interface, 1, id);
  wl_resource_set_implementation(resource, &presentation_requests, data, nullptr);
  wp_presentation_send_clock_id(resource,
                                static_cast<std::uint32_t>(state_of(resource).manners.clock));
}

}  // namespace

void offer_surfaces(FakeCompositor::State& state) {
  wl_global_create(state.display, &wl_compositor_interface, 3, &state, bind_compositor);
  wl_global_create(state.display, &wp_viewporter_interface, 1, &state, bind_viewporter);
  wl_global_create(state.display, &wp_presentation_interface, 1, &state, bind_presentation);
}

}  // namespace drmshow::fake
