// wl_compositor with its surfaces and regions, wl_shm, and wl_subcompositor for who insists on it.
#include <wayland-server-protocol.h>

#include <memory>

#include "fake_resource.hpp"
#include "fake_surface.hpp"

namespace drmshow::fake {

namespace {

constexpr int compositor_version = 5;  // what libwayland 1.21 knows

void add_callback(wl_client* client, wl_resource* surface, std::uint32_t id) {
  wl_resource* callback = wl_resource_create(client, &wl_callback_interface, 1, id);
  object_of<Surface>(surface)->pending().callbacks.push_back(
      std::make_unique<WatchedResource>(callback, [] {}));
}

void destroy_surface(wl_client* /*client*/, wl_resource* resource) {
  const auto& surface = object_of<Surface>(resource);
  if (surface->role && surface->role->xdg_surface != nullptr) {
    surface->world().report.violation("dead surface",
                                      "wl_surface is destroyed before its xdg_surface");
  }
  wl_resource_destroy(resource);
}

const struct wl_surface_interface surface_requests = {
    .destroy = destroy_surface,
    .attach = [](wl_client*, wl_resource* surface, wl_resource* buffer, std::int32_t,
                 std::int32_t) { object_of<Surface>(surface)->attach(buffer); },
    .damage = nothing,
    .frame = add_callback,
    .set_opaque_region = nothing,
    .set_input_region = nothing,
    .commit = [](wl_client*, wl_resource* surface) { object_of<Surface>(surface)->commit(); },
    .set_buffer_transform = nothing,
    .set_buffer_scale = nothing,
    .damage_buffer = nothing,
    .offset = nothing,
};

const struct wl_region_interface region_requests = {
    .destroy = destroy_resource, .add = nothing, .subtract = nothing};

// The surface's object outlives its resource if an extension's object holds it: what it must not do
// is tick.
void create_surface(wl_client* client, wl_resource* compositor, std::uint32_t id) {
  World& world = *static_cast<World*>(wl_resource_get_user_data(compositor));
  wl_resource* resource =
      wl_resource_create(client, &wl_surface_interface, wl_resource_get_version(compositor), id);
  auto* held = new std::shared_ptr<Surface>(std::make_shared<Surface>(world, resource));
  world.surfaces.push_back(held->get());
  wl_resource_set_implementation(resource, &surface_requests, held, [](wl_resource* gone) {
    const std::unique_ptr<std::shared_ptr<Surface>> last(
        static_cast<std::shared_ptr<Surface>*>(wl_resource_get_user_data(gone)));
  });
}

void create_region(wl_client* client, wl_resource* /*compositor*/, std::uint32_t id) {
  wl_resource* region = wl_resource_create(client, &wl_region_interface, 1, id);
  wl_resource_set_implementation(region, &region_requests, nullptr, nullptr);
}

const struct wl_compositor_interface compositor_requests = {.create_surface = create_surface,
                                                            .create_region = create_region};

const struct wl_subsurface_interface subsurface_requests = {.destroy = destroy_resource,
                                                            .set_position = nothing,
                                                            .place_above = nothing,
                                                            .place_below = nothing,
                                                            .set_sync = nothing,
                                                            .set_desync = nothing};

void get_subsurface(wl_client* client, wl_resource* /*subcompositor*/, std::uint32_t id,
                    wl_resource* /*surface*/, wl_resource* /*parent*/) {
  wl_resource* subsurface = wl_resource_create(client, &wl_subsurface_interface, 1, id);
  wl_resource_set_implementation(subsurface, &subsurface_requests, nullptr, nullptr);
}

const struct wl_subcompositor_interface subcompositor_requests = {.destroy = destroy_resource,
                                                                  .get_subsurface = get_subsurface};

template <const wl_interface* Interface, const auto* Requests>
void bind_plain(wl_client* client, void* world, std::uint32_t version, std::uint32_t id) {
  wl_resource* resource = wl_resource_create(client, Interface, static_cast<int>(version), id);
  wl_resource_set_implementation(resource, Requests, world, nullptr);
}

}  // namespace

void make_global(World& world, const wl_interface& interface, int version,
                 wl_global_bind_func_t bind) {
  if (world.behaviour.without.contains(interface.name)) return;
  wl_global_create(world.display, &interface, version, &world, bind);
}

void make_core(World& world) {
  make_global(world, wl_compositor_interface, compositor_version,
              bind_plain<&wl_compositor_interface, &compositor_requests>);
  make_global(world, wl_subcompositor_interface, 1,
              bind_plain<&wl_subcompositor_interface, &subcompositor_requests>);
  if (!world.behaviour.without.contains(wl_shm_interface.name)) wl_display_init_shm(world.display);
}

}  // namespace drmshow::fake
