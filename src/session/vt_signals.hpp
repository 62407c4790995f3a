// The two signals by which the kernel asks for a virtual terminal and hands it over, as something
// to poll.
#pragma once

#include <csignal>
#include <optional>

#include "drm-show/fd.hpp"

namespace drmshow {

/// Blocks them, in the thread that makes it and those that it starts later.
class VtSignals {
 public:
  static constexpr int release = SIGUSR1;
  static constexpr int acquire = SIGUSR2;

  /// Throws Error (unexpected).
  VtSignals();
  ~VtSignals();
  VtSignals(const VtSignals&) = delete;
  VtSignals& operator=(const VtSignals&) = delete;

  int fd() const { return fd_.get(); }
  /// The next one; nullopt if none is pending.
  std::optional<int> read();
  /// As if the kernel had sent `acquire`.
  void knock();

 private:
  UniqueFd fd_;
  sigset_t ours_{};  // those that were not blocked before
};

}  // namespace drmshow
