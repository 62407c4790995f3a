// The saved screen that a display was given, or one of its own: only that one is brought back by
// it.
#pragma once

#include <optional>

#include "present/saved_screen_impl.hpp"

namespace drmshow {

class SavedOrOwn {
 public:
  SavedOrOwn(const Device& device, SavedScreen* given) {
    if (given) {
      given_ = &given->impl();
    } else {
      own_.emplace(device);
    }
  }

  SavedScreen::Impl& impl() { return given_ ? *given_ : *own_; }
  /// 0 or an errno; nothing to do if it is not our own.
  int restore() noexcept { return own_ ? own_->restore() : 0; }

 private:
  SavedScreen::Impl* given_ = nullptr;  // which stays where it is when a SavedScreen moves
  std::optional<SavedScreen::Impl> own_;
};

}  // namespace drmshow
