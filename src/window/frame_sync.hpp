// Fences between us and the compositor, told frame by frame (linux-drm-syncobj-v1): it does not
// read a frame before it is drawn, and says when it has read it for the last time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "drm-show/fd.hpp"
#include "drm-show/frame_ring.hpp"
#include "wayland/dmabuf_feedback.hpp"
#include "wayland/explicit_sync.hpp"
#include "wayland/window.hpp"

namespace drmshow {

class FrameSync {
 public:
  /// Nothing if the compositor does not offer it, or its device's driver has no timelines. Frames
  /// in shared memory cannot be committed while there is one.
  static std::unique_ptr<FrameSync> make(Window& window, const DmabufFeedback& feedback);

  FrameSync(Window& window, UniqueFd node);

  const ExplicitSync& protocol() const { return protocol_; }
  /// For a commit of `slot`: drawn when `fence` (a sync file) signals, or now without one. Nothing,
  /// and then there is to be no commit, if the driver refuses that.
  std::optional<SyncPoints> next(int slot, int fence);
  /// Readable when the compositor may have let go of what was in `slot`.
  int fd(int slot) const { return released_[index(slot)].get(); }
  /// Not readable any more: to be called before it is asked whether that is so. An earlier commit
  /// of the slot, even another presenter's, may have made it readable.
  void clear(int slot) const noexcept;
  /// Whether it has.
  bool released(const SyncPoints& points) const {
    return protocol_.release(points.lane).passed() >= points.release;
  }

 private:
  static std::size_t index(int slot) { return static_cast<std::size_t>(slot); }

  UniqueFd node_;
  ExplicitSync protocol_;                                 // a lane for each slot
  std::array<UniqueFd, FrameRing::most_slots> released_;  // eventfds
  std::uint64_t last_point_ = 0;
};

}  // namespace drmshow
