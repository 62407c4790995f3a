// Extensions of a surface about when and how it is shown: wp_presentation, wp_viewporter,
// fractional scale, tearing control, fifo-v1, commit-timing-v1. What the protocol calls an error is
// one here, and a line in the report.
#include <cmath>
#include <ctime>
#include <memory>
#include <string>

#include "commit-timing-v1-server-protocol.h"
#include "fake_resource.hpp"
#include "fake_surface.hpp"
#include "fifo-v1-server-protocol.h"
#include "fractional-scale-v1-server-protocol.h"
#include "presentation-time-server-protocol.h"
#include "tearing-control-v1-server-protocol.h"
#include "viewporter-server-protocol.h"

namespace drmshow::fake {

namespace {

constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t far_future_ns = 5 * second_ns;
constexpr double scale_unit = 120;  // wp_fractional_scale_v1 counts in its parts

// Behind an extension's object: its surface, while that lives.
using SurfaceLink = std::weak_ptr<Surface>;

std::shared_ptr<Surface> linked(wl_resource* resource) {
  return object_of<SurfaceLink>(resource)->lock();
}

wl_resource* make_linked(wl_client* client, const wl_interface& interface, std::uint32_t id,
                         const void* requests, wl_resource* surface) {
  return make_resource(client, interface, 1, id, requests,
                       std::make_shared<SurfaceLink>(object_of<Surface>(surface)));
}

void mistake(wl_resource* resource, World& world, std::uint32_t code, const std::string& rule,
             const std::string& text) {
  world.report.violation(rule, text);
  wl_resource_post_error(resource, code, "%s", text.c_str());
}

World& world_of(wl_resource* manager) {
  return *static_cast<World*>(wl_resource_get_user_data(manager));
}

template <const wl_interface* Interface, const auto* Requests>
void bind_manager(wl_client* client, void* world, std::uint32_t version, std::uint32_t id) {
  wl_resource* manager = wl_resource_create(client, Interface, static_cast<int>(version), id);
  wl_resource_set_implementation(manager, Requests, world, nullptr);
}

// wp_presentation

void ask_feedback(wl_client* client, wl_resource* manager, wl_resource* surface, std::uint32_t id) {
  wl_resource* feedback = wl_resource_create(client, &wp_presentation_feedback_interface,
                                             wl_resource_get_version(manager), id);
  object_of<Surface>(surface)->pending().feedbacks.push_back(
      std::make_unique<WatchedResource>(feedback, [] {}));
}

const struct wp_presentation_interface presentation_requests = {.destroy = destroy_resource,
                                                                .feedback = ask_feedback};

void bind_presentation(wl_client* client, void* world, std::uint32_t version, std::uint32_t id) {
  wl_resource* manager =
      wl_resource_create(client, &wp_presentation_interface, static_cast<int>(version), id);
  wl_resource_set_implementation(manager, &presentation_requests, world, nullptr);
  wp_presentation_send_clock_id(manager, CLOCK_MONOTONIC);
}

// wp_viewporter

void set_destination(wl_client* /*client*/, wl_resource* resource, std::int32_t width,
                     std::int32_t height) {
  const auto surface = linked(resource);
  if (!surface) return;
  const bool unset = width == -1 && height == -1;
  if (!unset && (width <= 0 || height <= 0)) {
    mistake(resource, surface->world(), WP_VIEWPORT_ERROR_BAD_VALUE, "viewport",
            "destination " + std::to_string(width) + "x" + std::to_string(height));
    return;
  }
  surface->destination = unset ? Extent{} : Extent{width, height};
}

const struct wp_viewport_interface viewport_requests = {
    .destroy = destroy_resource, .set_source = nothing, .set_destination = set_destination};

const struct wp_viewporter_interface viewporter_requests = {
    .destroy = destroy_resource,
    .get_viewport = [](wl_client* client, wl_resource*, std::uint32_t id, wl_resource* surface) {
      make_linked(client, wp_viewport_interface, id, &viewport_requests, surface);
    }};

// wp_fractional_scale_manager_v1

const struct wp_fractional_scale_v1_interface scale_requests = {.destroy = destroy_resource};

const struct wp_fractional_scale_manager_v1_interface scale_manager_requests = {
    .destroy = destroy_resource,
    .get_fractional_scale = [](wl_client* client, wl_resource* manager, std::uint32_t id,
                               wl_resource* surface) {
      wl_resource* scale =
          make_linked(client, wp_fractional_scale_v1_interface, id, &scale_requests, surface);
      const double preferred = world_of(manager).behaviour.scale * scale_unit;
      wp_fractional_scale_v1_send_preferred_scale(
          scale, static_cast<std::uint32_t>(std::lround(preferred)));
    }};

// wp_tearing_control_manager_v1

const struct wp_tearing_control_v1_interface tearing_requests = {
    .set_presentation_hint =
        [](wl_client*, wl_resource* resource, std::uint32_t hint) {
          if (const auto surface = linked(resource)) {
            surface->tearing = hint == WP_TEARING_CONTROL_V1_PRESENTATION_HINT_ASYNC;
          }
        },
    .destroy = destroy_resource};

const struct wp_tearing_control_manager_v1_interface tearing_manager_requests = {
    .destroy = destroy_resource,
    .get_tearing_control = [](wl_client* client, wl_resource*, std::uint32_t id,
                              wl_resource* surface) {
      make_linked(client, wp_tearing_control_v1_interface, id, &tearing_requests, surface);
    }};

// wp_fifo_manager_v1

// Fifo's two requests, of a surface that lives.
template <bool Commit::*Flag>
void set_fifo(wl_client* /*client*/, wl_resource* resource) {
  if (const auto surface = linked(resource)) {
    surface->pending().*Flag = true;
  } else {
    wl_resource_post_error(resource, WP_FIFO_V1_ERROR_SURFACE_DESTROYED, "the surface is gone");
  }
}

void end_fifo(wl_client* /*client*/, wl_resource* resource) {
  if (const auto surface = linked(resource)) surface->has_fifo = false;
  wl_resource_destroy(resource);
}

const struct wp_fifo_v1_interface fifo_requests = {.set_barrier = set_fifo<&Commit::set_barrier>,
                                                   .wait_barrier = set_fifo<&Commit::wait_barrier>,
                                                   .destroy = end_fifo};

void get_fifo(wl_client* client, wl_resource* manager, std::uint32_t id, wl_resource* surface) {
  Surface& of = *object_of<Surface>(surface);
  make_linked(client, wp_fifo_v1_interface, id, &fifo_requests, surface);
  if (of.has_fifo) {
    mistake(manager, of.world(), WP_FIFO_MANAGER_V1_ERROR_ALREADY_EXISTS, "fifo",
            "a second wp_fifo_v1 of a surface");
  }
  of.has_fifo = true;
}

const struct wp_fifo_manager_v1_interface fifo_manager_requests = {.destroy = destroy_resource,
                                                                   .get_fifo = get_fifo};

// wp_commit_timing_manager_v1

void set_timestamp(wl_client* /*client*/, wl_resource* resource, std::uint32_t seconds_high,
                   std::uint32_t seconds_low, std::uint32_t nanoseconds) {
  const auto surface = linked(resource);
  if (!surface) {
    wl_resource_post_error(resource, WP_COMMIT_TIMER_V1_ERROR_SURFACE_DESTROYED,
                           "the surface is gone");
    return;
  }
  auto& not_before = surface->pending().not_before_ns;
  if (nanoseconds >= second_ns) {
    mistake(resource, surface->world(), WP_COMMIT_TIMER_V1_ERROR_INVALID_TIMESTAMP, "commit timing",
            std::to_string(nanoseconds) + " ns");
  } else if (not_before) {
    mistake(resource, surface->world(), WP_COMMIT_TIMER_V1_ERROR_TIMESTAMP_EXISTS, "commit timing",
            "a second timestamp in a commit");
  }
  const auto seconds = static_cast<std::int64_t>(seconds_high) << 32 | seconds_low;
  not_before = seconds * second_ns + nanoseconds;
  if (*not_before > now_ns() + far_future_ns) {
    surface->world().report.violation("commit timing", "a timestamp more than 5 s ahead");
  }
}

void end_timer(wl_client* /*client*/, wl_resource* resource) {
  if (const auto surface = linked(resource)) surface->has_timer = false;
  wl_resource_destroy(resource);
}

const struct wp_commit_timer_v1_interface timer_requests = {.set_timestamp = set_timestamp,
                                                            .destroy = end_timer};

void get_timer(wl_client* client, wl_resource* manager, std::uint32_t id, wl_resource* surface) {
  Surface& of = *object_of<Surface>(surface);
  make_linked(client, wp_commit_timer_v1_interface, id, &timer_requests, surface);
  if (of.has_timer) {
    mistake(manager, of.world(), WP_COMMIT_TIMING_MANAGER_V1_ERROR_COMMIT_TIMER_EXISTS,
            "commit timing", "a second timer of a surface");
  }
  of.has_timer = true;
}

const struct wp_commit_timing_manager_v1_interface timing_manager_requests = {
    .destroy = destroy_resource, .get_timer = get_timer};

}  // namespace

void make_timing(World& world) {
  make_global(world, wp_presentation_interface, 1, bind_presentation);
  make_global(world, wp_viewporter_interface, 1,
              bind_manager<&wp_viewporter_interface, &viewporter_requests>);
  make_global(world, wp_fractional_scale_manager_v1_interface, 1,
              bind_manager<&wp_fractional_scale_manager_v1_interface, &scale_manager_requests>);
  make_global(world, wp_tearing_control_manager_v1_interface, 1,
              bind_manager<&wp_tearing_control_manager_v1_interface, &tearing_manager_requests>);
  make_global(world, wp_fifo_manager_v1_interface, 1,
              bind_manager<&wp_fifo_manager_v1_interface, &fifo_manager_requests>);
  make_global(world, wp_commit_timing_manager_v1_interface, 1,
              bind_manager<&wp_commit_timing_manager_v1_interface, &timing_manager_requests>);
}

}  // namespace drmshow::fake
