// Watches over a flip that has been committed and whose event does not come: the most common fault
// of display drivers in the field. Pure.
#pragma once

#include <cstdint>

#include "drm-show/time.hpp"

namespace drmshow {

class FlipWatch {
 public:
  enum class Step : std::uint8_t {
    none,
    look,     ///< read events once more, and ask the CRTC whether it still counts
    reset,    ///< set the mode again, which makes the kernel wait for the lost flip or time out
    give_up,  ///< that did not help: the device is lost
  };

  /// `period`: of the mode. A flip is late after a quarter of a second, or eight periods; lost
  /// after four times that.
  explicit FlipWatch(Nanoseconds period);

  void committed(Time now);
  /// The flip is over, one way or other. Its event came: the resets before it are forgiven.
  void flipped();
  void forget();
  /// The flip waits for a fence of our GPU, which is slow: not the display's fault.
  void excuse(Time now);

  /// When to call check(); Time::max() if nothing is pending.
  Time deadline() const;
  /// What to do now. look comes once for each flip, reset once, too.
  Step check(Time now);

 private:
  static constexpr int most_resets = 3;  // without a single event in between

  Nanoseconds late_after_;
  Time since_{};
  std::uint8_t resets_ = 0;
  bool pending_ = false;  // set by committed(), cleared by flipped() and forget()
  bool looked_ = false;   // set by check(), cleared by committed()
};

}  // namespace drmshow
