// The signals that end us, and those that stop us and let us go on.
#pragma once

#include <array>
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

/// Ignores SIGTSTP, SIGTTIN and SIGTTOU as long as it lives: stopped by Ctrl-Z, by a shell or by a
/// terminal, we would leave a VT that shows our picture, takes no keys and cannot be switched away
/// from. Somebody who sends SIGSTOP means it.
class StopsIgnored {
 public:
  StopsIgnored() noexcept;
  ~StopsIgnored();
  StopsIgnored(const StopsIgnored&) = delete;
  StopsIgnored& operator=(const StopsIgnored&) = delete;

 private:
  static constexpr std::array stops = {SIGTSTP, SIGTTIN, SIGTTOU};
  std::array<struct sigaction, stops.size()> before_{};
};

/// That we were stopped all the same, and go on: to poll.
class Continued {
 public:
  /// Blocks SIGCONT, which we go on with none the less, in the thread that makes it and those that
  /// it starts later. Without a descriptor (-1) if there can be none.
  Continued() noexcept;
  ~Continued();
  Continued(const Continued&) = delete;
  Continued& operator=(const Continued&) = delete;

  int fd() const { return fd_.get(); }
  /// Forgets what has come.
  void read() noexcept;

 private:
  sigset_t previous_mask_{};
  UniqueFd fd_;
};

}  // namespace drmshow
