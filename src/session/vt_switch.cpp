#include "session/vt_switch.hpp"

namespace drmshow {

SeatEvent VtSwitch::on_release_signal() {
  if (state_ != State::ours) return SeatEvent::none;  // an old one, or one more of many
  state_ = State::leaving;
  return SeatEvent::leave;
}

// A request to leave again that came before this signal was read has been ignored: acknowledging
// completes that switch, and then the VT is not shown any more.
SeatEvent VtSwitch::on_acquire_signal() {
  if (state_ != State::away || !control_->shown()) return SeatEvent::none;
  control_->acknowledge();
  if (!control_->shown()) return SeatEvent::none;
  state_ = State::ours;
  return SeatEvent::enter;
}

bool VtSwitch::left() {
  control_->release();
  state_ = State::away;
  return control_->shown();
}

}  // namespace drmshow
