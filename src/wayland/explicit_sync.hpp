// Explicit synchronization with the compositor (linux-drm-syncobj-v1): it waits for a point of one
// timeline before it reads a buffer, and says by a point of another when it is done.
#pragma once

#include <cstdint>
#include <memory>

#include "drm-show/fd.hpp"
#include "wayland/globals.hpp"

struct wl_surface;
struct wp_linux_drm_syncobj_timeline_v1;
struct wp_linux_drm_syncobj_surface_v1;

namespace drmshow {

/// A timeline of DRM (drm_syncobj). Points are numbers from 1 on, which pass in order.
class SyncTimeline {
 public:
  /// On `drm`, a render or primary node of the GPU that draws; borrowed. Throws Error (gpu) if its
  /// driver has no timelines: then there is no explicit synchronization.
  explicit SyncTimeline(int drm);
  SyncTimeline(SyncTimeline&& other) noexcept;
  SyncTimeline& operator=(SyncTimeline&&) = delete;
  ~SyncTimeline();

  /// For another process: the timeline itself.
  UniqueFd share() const;
  /// `point` passes when the sync file signals. 0 or an errno.
  [[nodiscard]] int pass_with(std::uint64_t point, int sync_file) const noexcept;
  /// `point` has passed. 0 or an errno.
  [[nodiscard]] int pass(std::uint64_t point) const noexcept;
  /// The last point that has passed; 0: none.
  std::uint64_t passed() const noexcept;
  /// `eventfd` becomes readable when `point` has passed. ENOTTY before Linux 6.6: then passed() is
  /// asked from time to time. 0 or an errno.
  [[nodiscard]] int notify(std::uint64_t point, int eventfd) const noexcept;

 private:
  int drm_;
  std::uint32_t handle_ = 0;  // 0 after a move
};

/// Points that go with a commit.
struct SyncPoints {
  std::uint64_t acquire = 0;  ///< passes when the frame is drawn
  std::uint64_t release = 0;  ///< the compositor passes it when it does not read it any more
};

/// Of one surface. From here on each commit of a buffer needs points, and wl_buffer.release means
/// nothing.
class ExplicitSync {
 public:
  /// Whether the compositor offers it, and we were built with it.
  static bool offered(const WaylandGlobals& globals);
  /// Throws Error: gpu as SyncTimeline, compositor.
  ExplicitSync(const WaylandGlobals& globals, wl_surface* surface, int drm);
  ~ExplicitSync();
  ExplicitSync(const ExplicitSync&) = delete;
  ExplicitSync& operator=(const ExplicitSync&) = delete;

  const SyncTimeline& acquire() const { return acquire_; }
  const SyncTimeline& release() const { return release_; }
  /// For the surface's next commit, which attaches a buffer.
  void set_points(const SyncPoints& points) const;

 private:
  SyncTimeline acquire_;
  SyncTimeline release_;
  wp_linux_drm_syncobj_timeline_v1* shared_acquire_ = nullptr;
  wp_linux_drm_syncobj_timeline_v1* shared_release_ = nullptr;
  wp_linux_drm_syncobj_surface_v1* surface_ = nullptr;
};

}  // namespace drmshow
