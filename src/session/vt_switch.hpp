// Whether a virtual terminal's display is ours: what its two signals mean. Pure; the kernel is an
// interface.
//
// Signals are hints, the kernel's answers are the truth: anybody may send us either signal at any
// time, two of one kind become one, and the order of two kinds is lost. So a release that nobody
// waits for ends with the display still ours, and an acquisition counts if our VT is really shown.
#pragma once

#include "session/seat.hpp"

namespace drmshow {

/// What the kernel is asked.
class VtControl {
 public:
  virtual ~VtControl() = default;
  /// Whether our VT is the one that is shown.
  virtual bool shown() = 0;
  /// VT_RELDISP 1: completes a switch that waits for us; nothing happens if none does.
  virtual void release() = 0;
  /// VT_RELDISP VT_ACKACQ. The kernel takes it for a release if another switch waits by then.
  virtual void acknowledge() = 0;
};

class VtSwitch {
 public:
  /// Before it is taken the display counts as somebody else's.
  explicit VtSwitch(VtControl& control) : control_{&control} {}

  bool active() const { return state_ != State::away; }

  SeatEvent on_release_signal();
  SeatEvent on_acquire_signal();
  /// The display has been let go of. True if it is ours all the same: then on_acquire_signal() is
  /// to be called as if a signal had come.
  bool left();

 private:
  enum class State {
    away,     ///< somebody else's
    ours,     ///< may be drawn upon
    leaving,  ///< still ours, but wanted
  };

  VtControl* control_;
  State state_ = State::away;
};

}  // namespace drmshow
