// The commit of a single frame: another framebuffer on a plane that is set up already. It is made
// sixty times a second, so that all names are looked up beforehand and nothing is allocated.
#pragma once

#include <cstdint>

#include "drm-show/device.hpp"
#include "kms/pipeline.hpp"

namespace drmshow {

enum class FlipKind : std::uint8_t {
  synchronous,  ///< at the next vertical blank
  async,        ///< at once, in the middle of the picture: it tears
};

struct FlipRequest {
  FramebufferId fb;
  std::uint64_t user_data = 0;  ///< comes back with the event
  FlipKind kind = FlipKind::synchronous;
  int in_fence = -1;  ///< a sync file; stays the caller's
};

/// Flips of one output, non-blocking, with an event each.
class Flipper {
 public:
  /// `route` names the objects of the output; `api` how to talk to the driver.
  Flipper(const Device& device, const Route& route, Api api);

  /// Returns 0 or an errno. If an out-fence was asked for, it is in `out_fence` (else -1): a sync
  /// file that signals when the frame is on the screen, which is the caller's.
  [[nodiscard]] int flip(const FlipRequest& request, int* out_fence = nullptr) const;

  /// What the kernel is asked with: DRM_MODE_ATOMIC_*, DRM_MODE_PAGE_FLIP_*.
  std::uint32_t flags(FlipKind kind) const;

  bool takes_fences() const { return in_fence_ && !legacy_; }
  /// Whether the driver has this kind at all; it may still refuse a frame.
  bool can_tear() const { return atomic_async_ || legacy_async_; }

 private:
  bool goes_the_old_way(FlipKind kind) const;
  int flip_atomic(const FlipRequest& request, int* out_fence) const;
  int flip_legacy(const FlipRequest& request) const;

  int fd_;  // borrowed: the Device outlives it
  std::uint32_t crtc_;
  std::uint32_t plane_;
  PropertyId fb_property_;
  PropertyId in_fence_;   // none if the plane takes no fences
  PropertyId out_fence_;  // of the CRTC; none if it gives none
  bool legacy_;
  bool atomic_async_;
  bool legacy_async_;
};

}  // namespace drmshow
