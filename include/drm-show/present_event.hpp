// What a presenter did, step by step: for logs and recordings, and for checking a real run against
// the model of the ring (tests/model).
#pragma once

#include <cstdint>

#include "drm-show/frame_ring.hpp"
#include "drm-show/frame_stats.hpp"
#include "drm-show/time.hpp"

namespace drmshow {

/// Recordings have these as numbers: new ones come last.
enum class PresentStep : std::uint8_t {
  acquire,      ///< a slot was taken to draw into
  submit,       ///< `fence` says what has to signal first
  discard,      ///< it will not be finished
  signal,       ///< the frame's render fence has signalled
  fence_error,  ///< ... with an error
  expire,       ///< it has not signalled in time: the frame is given up
  commit,       ///< accepted; `cookie` is pending now
  modeset,      ///< a blocking commit was accepted, and shown
  busy,         ///< EBUSY or the like: ready again
  refuse,       ///< refused for good
  flip,         ///< the page-flip event of what was pending
  stale_flip,   ///< one of something else: nothing changed
  release,      ///< the display does not read the slot any more (wl_buffer.release)
  watchdog,     ///< no event came, but the CRTC shows the frame
  reset,        ///< no event came, and the CRTC does not move: what was pending starts again
  arm_modeset,  ///< the next commit sets the mode
  leave,        ///< the output must not be touched: ECANCELED if we let go of it, EACCES if it was
                ///< taken, 0 if its cable was
  off,          ///< our framebuffers are off it
  enter,        ///< it is back
  close,        ///< no more frames
  abort,        ///< all is cancelled
  superseded,   ///< by the step before, an output will not show this frame: `by` is newer
  cancelled,    ///< likewise, because it failed, was refused, or the display went away
  seen,         ///< the compositor says when a frame that it took was on the screen
  unseen,       ///< ... that it never was
};
inline constexpr PresentStep last_present_step = PresentStep::unseen;

/// Fields that a step does not have are 0.
struct PresentEvent {
  Time time;
  PresentStep step;
  RenderFence fence;    ///< of submit
  std::uint8_t stream;  ///< which ring
  std::uint8_t output;  ///< which of the ring's outputs
  Frame frame;
  std::uint64_t cookie;
  int errnum;               ///< of busy, refuse and leave, and of cancelled if they were the cause
  std::uint16_t flags = 0;  ///< of commits, taken or not: DRM_MODE_ATOMIC_*, DRM_MODE_PAGE_FLIP_*
  std::uint32_t sequence = 0;  ///< of flip and seen: the display's count of vertical blanks
  Time shown{};                ///< of flip and seen: when, by the kernel's or compositor's clock
  std::uint64_t by = 0;        ///< of superseded: the number of the newer frame
};

/// Vertical blanks that passed with nothing new although a frame was due.
struct MissedBlanks {
  Time time;
  std::uint8_t stream;
  std::uint8_t output;  ///< of the stream
  MissReason reason;
  std::uint64_t count;
  Frame frame;  ///< the one that was shown too late
};

class PresentObserver {
 public:
  virtual ~PresentObserver() = default;
  /// Called for each step, in order. Must not call the presenter.
  virtual void on(const PresentEvent& event) = 0;
  /// ... once the late frame is on the screen. Not a step: the ring knows nothing of time.
  virtual void on_missed(const MissedBlanks& /*missed*/) {}
};

}  // namespace drmshow
