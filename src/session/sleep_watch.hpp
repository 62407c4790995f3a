// Notices that the machine slept: drivers do not all bring their displays back as they were.
#pragma once

#include "drm-show/fd.hpp"
#include "drm-show/time.hpp"

namespace drmshow {

class SleepWatch {
 public:
  /// Where the kernel cannot tell, nothing is ever noticed.
  SleepWatch();

  /// To poll for input; -1 if it cannot.
  int fd() const { return timer_.get(); }
  /// Reads what has happened; true if we slept since the last time. (Somebody who sets the clock
  /// wakes us, too.)
  bool has_slept();

 private:
  void arm();

  UniqueFd timer_;
  Nanoseconds slept_{};  // in all, at the last look
};

}  // namespace drmshow
