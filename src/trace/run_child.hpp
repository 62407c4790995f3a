// A program that we run: its output comes through us, everything else is as without us. Thin.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "drm-show/fd.hpp"

namespace drmshow {

class RunChild {
 public:
  /// Its stdout and stderr are pipes to us, or terminals of their own where ours are terminals, so
  /// that it says everything at once as it would there. All signals are as they were before
  /// `blocked_before`. Throws Error (not_found, no_permission).
  RunChild(const std::vector<std::string>& command, const sigset_t& blocked_before);
  /// Waits for it.
  ~RunChild();
  RunChild(const RunChild&) = delete;
  RunChild& operator=(const RunChild&) = delete;

  pid_t pid() const { return pid_; }
  UniqueFd& out() { return out_; }
  UniqueFd& err() { return err_; }
  /// As a shell says it (128+n after signal n), once it has ended; does not wait.
  std::optional<int> ended();
  void send(int signal) const;
  /// Ours has another size now.
  void copy_window_size() const;

 private:
  pid_t pid_ = -1;
  UniqueFd out_;
  UniqueFd err_;
  std::optional<int> code_;
};

}  // namespace drmshow
