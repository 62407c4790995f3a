// Which moment a frame shows and when it is due, at a rate that the user asked for or the display's
// own. Pure.
#pragma once

#include <optional>

#include "drm-show/time.hpp"
#include "render/cpu/animation.hpp"

namespace drmshow {

class FrameTiming {
 public:
  /// `interval`: from frame to frame; nothing for the display's own rate. The animation began at
  /// `begin`, and has had `number` frames.
  FrameTiming(std::optional<Nanoseconds> interval, Time begin, std::uint64_t number = 0);

  struct Next {
    Moment moment;
    Time due;  ///< Time::min() with the display's own rate
  };
  /// The next frame, which would be on the screen at `shows_at`. At a rate of its own every frame
  /// is an interval later than the one before, however late it is shown: each run has the same
  /// frames.
  Next next(Time shows_at, Time now);
  /// It stood still for so long, and goes on where it was.
  void put_off(Nanoseconds time) { begin_ += time; }
  std::uint64_t number() const { return number_; }
  /// When that is due; to draw it earlier makes no sense if newer ones supersede older ones.
  Time next_due() const;

 private:
  std::optional<Nanoseconds> interval_;
  Time begin_;
  std::uint64_t number_;  // of the last frame
  Time due_;              // of the next one
  bool started_ = false;
};

}  // namespace drmshow
