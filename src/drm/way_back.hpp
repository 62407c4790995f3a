// The way back to what a display showed, as plain data: a process that may not allocate can go it,
// from memory that it shares with one that died. Written by SavedScreen, gone by the guard.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <drm_mode.h>

namespace drmshow {

/// The arrays of struct drm_mode_atomic. Blobs that are among the values belong to the same open
/// device and live as long as that.
struct FlatCommit {
  static constexpr std::size_t most_objects = 256;
  static constexpr std::size_t most_properties = 2048;

  std::uint32_t object_count = 0;  ///< 0: nothing to do
  std::array<std::uint32_t, most_objects> objects;
  std::array<std::uint32_t, most_objects> counts;  ///< of properties, by object
  std::array<std::uint32_t, most_properties> properties;
  std::array<std::uint64_t, most_properties> values;
};

/// What DRM_IOCTL_MODE_SETCRTC takes.
struct FlatCrtc {
  static constexpr std::size_t most_connectors = 16;

  drm_mode_crtc request;  ///< but for set_connectors_ptr, which is made where it is used
  std::array<std::uint32_t, most_connectors> connectors;
};

struct WayBack {
  static constexpr std::size_t most_crtcs = 32;

  FlatCommit commit;             ///< all at once
  FlatCommit dark;               ///< off, where the kernel refuses that
  std::uint32_t crtc_count = 0;  ///< without atomic mode setting: these, in order
  std::array<FlatCrtc, most_crtcs> crtcs;
};
static_assert(std::is_trivially_copyable_v<WayBack>);

/// Goes it. 0 if the display is as it was, or dark where the kernel refuses that; else an errno:
/// EACCES if the device's master is somebody else. Async-signal-safe. Waits for page flips that are
/// pending; tries again for 200 ms what is refused because the device is busy.
int go(int device_fd, const WayBack& way) noexcept;

/// Told the way back before anything changes, and before each further change.
class WayBackKeeper {
 public:
  virtual ~WayBackKeeper() = default;
  virtual void keep(const WayBack& way) noexcept = 0;
  /// There is nothing to bring back (any more).
  virtual void forget() noexcept = 0;
  /// The display is somebody else's now, and nothing must be done to it; or ours again.
  virtual void set_away(bool away) noexcept = 0;
};

}  // namespace drmshow
