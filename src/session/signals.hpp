// The signals that end us, as something to poll.
#pragma once

#include <csignal>

#include "drm-show/fd.hpp"

namespace drmshow {

class EndSignals {
 public:
  /// Blocks SIGINT, SIGTERM, SIGHUP and SIGQUIT, but for those that we were told to ignore (nohup):
  /// from here on they only arrive through fd(). Blocks those of VtSignals as well, for threads
  /// that are started (by a GPU's driver) before there is one.
  EndSignals();
  ~EndSignals();
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

  int fd() const { return fd_.get(); }

 private:
  sigset_t previous_mask_{};
  UniqueFd fd_;
};

}  // namespace drmshow
