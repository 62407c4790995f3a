#include "wayland/explicit_sync.hpp"

#include "drm-show/error.hpp"
#include "wayland/wayland_client.hpp"

namespace drmshow {

#if DRMSHOW_HAVE_LINUX_DRM_SYNCOBJ_V1

namespace {

constexpr std::uint32_t high_half(std::uint64_t point) {
  return static_cast<std::uint32_t>(point >> 32);
}
constexpr std::uint32_t low_half(std::uint64_t point) {
  return static_cast<std::uint32_t>(point);
}

std::vector<SyncTimeline> make_timelines(int drm, std::size_t count) {
  std::vector<SyncTimeline> timelines;
  for (std::size_t i = 0; i < count; ++i) timelines.emplace_back(drm);
  return timelines;
}

}  // namespace

bool ExplicitSync::offered(const WaylandGlobals& globals) {
  return globals.syncobj() != nullptr;
}

ExplicitSync::ExplicitSync(const WaylandGlobals& globals, wl_surface* surface, int drm,
                           std::size_t lanes)
    : acquire_{drm}, releases_{make_timelines(drm, lanes)} {
  const UniqueFd acquire = acquire_.share();
  std::vector<UniqueFd> releases;
  for (const SyncTimeline& timeline : releases_) releases.push_back(timeline.share());
  auto* const manager = globals.syncobj();
  shared_acquire_ = wp_linux_drm_syncobj_manager_v1_import_timeline(manager, acquire.get());
  for (const UniqueFd& fd : releases) {
    shared_releases_.push_back(wp_linux_drm_syncobj_manager_v1_import_timeline(manager, fd.get()));
  }
  surface_ = wp_linux_drm_syncobj_manager_v1_get_surface(manager, surface);
}

ExplicitSync::~ExplicitSync() {
  wp_linux_drm_syncobj_surface_v1_destroy(surface_);
  for (auto* const shared : shared_releases_) wp_linux_drm_syncobj_timeline_v1_destroy(shared);
  wp_linux_drm_syncobj_timeline_v1_destroy(shared_acquire_);
}

void ExplicitSync::set_points(const SyncPoints& points) const {
  wp_linux_drm_syncobj_surface_v1_set_acquire_point(
      surface_, shared_acquire_, high_half(points.acquire), low_half(points.acquire));
  wp_linux_drm_syncobj_surface_v1_set_release_point(
      surface_, shared_releases_[points.lane], high_half(points.release), low_half(points.release));
}

#else  // built with protocols that have no linux-drm-syncobj-v1

bool ExplicitSync::offered(const WaylandGlobals& /*globals*/) {
  return false;
}

ExplicitSync::ExplicitSync(const WaylandGlobals& /*globals*/, wl_surface* /*surface*/, int drm,
                           std::size_t /*lanes*/)
    : acquire_{drm} {
  throw Error{Failure::compositor, "this drm-show was built without explicit synchronization"};
}

ExplicitSync::~ExplicitSync() = default;

void ExplicitSync::set_points(const SyncPoints& /*points*/) const {}

#endif

}  // namespace drmshow
