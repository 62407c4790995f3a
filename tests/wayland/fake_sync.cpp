// wp_linux_drm_syncobj_manager_v1. Without --drm it has the protocol's rules only: timelines are
// taken without a look at them, and nothing is waited for or signalled.
#include <memory>
#include <optional>
#include <stdexcept>

#include "drm-show/fd.hpp"
#include "fake_resource.hpp"
#include "fake_surface.hpp"
#include "fake_timeline.hpp"
#include "linux-drm-syncobj-v1-server-protocol.h"

namespace drmshow::fake {

namespace {

using SyncLink = std::weak_ptr<Surface>;

const struct wp_linux_drm_syncobj_timeline_v1_interface timeline_requests = {.destroy =
                                                                                 destroy_resource};

// A point of the surface's next commit.
template <std::optional<SyncPoint> Commit::*Point>
void set_point(wl_client* /*client*/, wl_resource* resource, wl_resource* timeline,
               std::uint32_t high, std::uint32_t low) {
  if (const auto surface = object_of<SyncLink>(resource)->lock()) {
    const std::uint64_t number = static_cast<std::uint64_t>(high) << 32 | low;
    surface->pending().*Point = SyncPoint{object_of<Timeline>(timeline), number};
  } else {
    wl_resource_post_error(resource, WP_LINUX_DRM_SYNCOBJ_SURFACE_V1_ERROR_NO_SURFACE,
                           "the surface is gone");
  }
}

void end_sync(wl_client* /*client*/, wl_resource* resource) {
  if (const auto surface = object_of<SyncLink>(resource)->lock()) surface->explicit_sync = false;
  wl_resource_destroy(resource);
}

const struct wp_linux_drm_syncobj_surface_v1_interface sync_requests = {
    .destroy = end_sync,
    .set_acquire_point = set_point<&Commit::acquire>,
    .set_release_point = set_point<&Commit::release>};

void get_sync(wl_client* client, wl_resource* manager, std::uint32_t id, wl_resource* of) {
  const auto& surface = object_of<Surface>(of);
  make_resource(client, wp_linux_drm_syncobj_surface_v1_interface, 1, id, &sync_requests,
                std::make_shared<SyncLink>(surface));
  if (surface->explicit_sync) {
    surface->world().report.violation("fence points", "a second syncobj surface");
    wl_resource_post_error(manager, WP_LINUX_DRM_SYNCOBJ_MANAGER_V1_ERROR_SURFACE_EXISTS,
                           "it has one already");
  }
  surface->explicit_sync = true;
}

void import_timeline(wl_client* client, wl_resource* manager, std::uint32_t id, std::int32_t fd) {
  World& world = *static_cast<World*>(wl_resource_get_user_data(manager));
  const UniqueFd shared(fd);
  try {
    make_resource(client, wp_linux_drm_syncobj_timeline_v1_interface, 1, id, &timeline_requests,
                  std::make_shared<Timeline>(world.drm.get(), shared));
  } catch (const std::runtime_error& error) {
    world.report.violation("fence points", error.what());
    wl_resource_post_error(manager, WP_LINUX_DRM_SYNCOBJ_MANAGER_V1_ERROR_INVALID_TIMELINE, "%s",
                           error.what());
  }
}

const struct wp_linux_drm_syncobj_manager_v1_interface sync_manager_requests = {
    .destroy = destroy_resource, .get_surface = get_sync, .import_timeline = import_timeline};

void bind_sync(wl_client* client, void* world, std::uint32_t version, std::uint32_t id) {
  wl_resource* manager = wl_resource_create(client, &wp_linux_drm_syncobj_manager_v1_interface,
                                            static_cast<int>(version), id);
  wl_resource_set_implementation(manager, &sync_manager_requests, world, nullptr);
}

}  // namespace

void make_sync(World& world) {
  make_global(world, wp_linux_drm_syncobj_manager_v1_interface, 1, bind_sync);
}

}  // namespace drmshow::fake
