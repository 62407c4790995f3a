// What a presenter did, step by step: for logs, and for checking a real run against the model of
// the ring (tests/model).
#pragma once

#include <cstdint>

#include "drm-show/frame_ring.hpp"
#include "drm-show/time.hpp"

namespace drmshow {

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
};

/// Fields that a step does not have are 0.
struct PresentEvent {
  Time time;
  PresentStep step;
  RenderFence fence;    ///< of submit
  std::uint8_t stream;  ///< which ring
  std::uint8_t output;  ///< which of the ring's outputs
  Frame frame;
  std::uint64_t cookie;
  int errnum;  ///< of busy, refuse and leave
};

class PresentObserver {
 public:
  virtual ~PresentObserver() = default;
  /// Called for each step, in order. Must not call the presenter.
  virtual void on(const PresentEvent& event) = 0;
};

}  // namespace drmshow
