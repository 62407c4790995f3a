// A timeline of DRM (drm_syncobj, include/uapi/drm/drm.h): points that pass one after another,
// which processes share.
#pragma once

#include <cstdint>

#include "drm-show/fd.hpp"

namespace drmshow {

/// Points are numbers from 1 on, which pass in order.
class SyncTimeline {
 public:
  /// On `drm`, a render or primary node of the GPU that draws; borrowed. Throws Error (gpu) if its
  /// driver has no timelines: then there is no explicit synchronization.
  explicit SyncTimeline(int drm);
  SyncTimeline(SyncTimeline&& other) noexcept;
  SyncTimeline& operator=(SyncTimeline&&) = delete;
  ~SyncTimeline();

  /// The timeline itself, for another process. Throws Error (gpu).
  UniqueFd share() const;
  /// `point` passes when the sync file signals. 0 or an errno.
  [[nodiscard]] int pass_with(std::uint64_t point, int sync_file) const noexcept;
  /// `point` has passed. 0 or an errno.
  [[nodiscard]] int pass(std::uint64_t point) const noexcept;
  /// The last point that has passed; 0: none.
  std::uint64_t passed() const noexcept;
  /// `eventfd` becomes readable when `point` has passed. 0 or an errno: ENOTTY or EINVAL before
  /// Linux 6.6; then passed() is to be asked from time to time.
  [[nodiscard]] int notify(std::uint64_t point, int eventfd) const noexcept;

 private:
  int drm_;
  std::uint32_t handle_ = 0;  // 0 after a move
};

}  // namespace drmshow
