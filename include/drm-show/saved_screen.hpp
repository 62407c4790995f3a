// What a device's displays showed before us, and the way back there.
//
// Each Display and Presenter has one of its own unless it is given another by
// DisplayOptions::saved. With one that outlives them, the next takes the screen over from the one
// before, with other outputs or modes, and nothing flashes up in between:
//
//   drmshow::SavedScreen saved{device};
//   for (;;) {
//     drmshow::KmsPresenter presenter{device, {.saved = &saved}};
//     … until a cable changes …
//   }
#pragma once

#include <memory>

#include "drm-show/device.hpp"
#include "drm-show/export.hpp"

namespace drmshow {

class DRMSHOW_API SavedScreen {
 public:
  /// Becomes DRM master and looks at everything. `device` must outlive it and stay where it is.
  /// Throws Error: master_taken, no_device.
  explicit SavedScreen(const Device& device);
  explicit SavedScreen(Device&&) = delete;
  /// restore()s.
  ~SavedScreen();
  SavedScreen(SavedScreen&&) noexcept;
  SavedScreen& operator=(SavedScreen&&) = delete;

  /// Brings back what was there before the first change. Returns 0 or an errno; does nothing the
  /// second time, nor while the screen is not ours.
  int restore() noexcept;

  /// Others may have the screen, which no presenter shows anything on (else see
  /// Presenter::suspend()): brings back what was there, and gives DRM master up.
  void let_go() noexcept;
  /// Becomes master again. Throws Error: master_taken, device_lost.
  void take_back();
  /// Between let_go() and take_back() it is not.
  bool ours() const;

  class Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace drmshow
