// Ends drm-show while a window is being made. GLFW waits for the compositor's answers without limit
// and listens to nobody else, and the signals that end us are blocked by then.
#pragma once

#include <string>
#include <thread>

#include "drm-show/fd.hpp"

namespace drmshow {

class StartWatch {
 public:
  /// `signals`: EndSignals' descriptor, which outlives it. `recording`: the file of a recording in
  /// which nothing is yet, which goes if somebody ends us; empty: there is none.
  StartWatch(int signals, std::string recording);
  /// The compositor has answered.
  ~StartWatch();
  StartWatch(const StartWatch&) = delete;
  StartWatch& operator=(const StartWatch&) = delete;

 private:
  void watch() const;

  int signals_;
  std::string recording_;
  UniqueFd stop_;
  std::thread thread_;
};

}  // namespace drmshow
