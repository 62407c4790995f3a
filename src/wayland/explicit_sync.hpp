// Explicit synchronization with the compositor (linux-drm-syncobj-v1): it waits for a point of one
// timeline before it reads a buffer, and says by a point of another when it is done.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "wayland/globals.hpp"
#include "wayland/sync_timeline.hpp"

struct wl_surface;
struct wp_linux_drm_syncobj_timeline_v1;
struct wp_linux_drm_syncobj_surface_v1;

namespace drmshow {

/// Points that go with a commit.
struct SyncPoints {
  std::uint64_t acquire = 0;  ///< passes when the frame is drawn
  std::uint64_t release = 0;  ///< the compositor passes it when it does not read it any more
  std::size_t lane = 0;       ///< of which release timeline
};

/// Of one surface. From here on each commit of a buffer needs points, and wl_buffer.release means
/// nothing.
class ExplicitSync {
 public:
  /// Whether the compositor offers it, and we were built with it.
  static bool offered(const WaylandGlobals& globals);
  /// `lanes`: how many release timelines. A point of a timeline says that all before it have
  /// passed, but compositors let go of buffers in any order: who has several needs a lane for each.
  /// Throws Error: gpu as SyncTimeline, compositor.
  ExplicitSync(const WaylandGlobals& globals, wl_surface* surface, int drm, std::size_t lanes);
  ~ExplicitSync();
  ExplicitSync(const ExplicitSync&) = delete;
  ExplicitSync& operator=(const ExplicitSync&) = delete;

  const SyncTimeline& acquire() const { return acquire_; }
  const SyncTimeline& release(std::size_t lane) const { return releases_[lane]; }
  /// For the surface's next commit, which attaches a buffer.
  void set_points(const SyncPoints& points) const;

 private:
  SyncTimeline acquire_;
  std::vector<SyncTimeline> releases_;
  wp_linux_drm_syncobj_timeline_v1* shared_acquire_ = nullptr;
  std::vector<wp_linux_drm_syncobj_timeline_v1*> shared_releases_;
  wp_linux_drm_syncobj_surface_v1* surface_ = nullptr;
};

}  // namespace drmshow
