// Inside of a SavedScreen: what was there, all changes since, and who keeps the way back for us.
#pragma once

#include <memory>
#include <optional>

#include "drm-show/saved_screen.hpp"
#include "drm-show/snapshot.hpp"
#include "present/undo.hpp"

namespace drmshow {

class SavedScreen::Impl {
 public:
  explicit Impl(const Device& device);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// How it is now.
  std::shared_ptr<const Snapshot> look();
  /// The same; whoever looks next gets it, too, and need not ask the hardware again.
  std::shared_ptr<const Snapshot> look_ahead();
  /// What was looked at ahead has become old.
  void look_away() { ahead_.reset(); }
  Api best_api() const { return best_api_; }
  /// Told the way back from now on; outlives this. nullptr for nobody.
  void set_keeper(WayBackKeeper* keeper) {
    keeper_ = keeper;
    told_ = false;
  }

  /// Before a commit. Throws Error if there is no memory for the way back.
  void will_change(const AtomicRequest& change, std::span<const AtomicRequest> parts);
  void will_change(LegacyChange change);
  /// It was accepted, or may have been in part.
  void changed() { changed_ = true; }

  int restore() noexcept;
  /// Brings back what was there if it `can`; true if that is on the screen again.
  bool let_go(bool can_go_back = true) noexcept;
  void take_back();
  bool ours() const { return ours_; }

 private:
  void tell_keeper();
  int go_back() noexcept;
  bool try_to_become_master() noexcept;

  const Device& device_;
  Api best_api_;
  std::shared_ptr<const Snapshot> before_;
  Undo undo_;
  WayBackKeeper* keeper_ = nullptr;
  std::unique_ptr<WayBack> way_;           // too big for the stack
  std::vector<Blob> blobs_;                // that the keeper's way back names
  std::shared_ptr<const Snapshot> ahead_;  // for the next look(): before_ at first
  bool told_ = false;                      // the keeper knows the way back
  bool changed_ = false;                   // set by changed(), cleared by restore()
  bool ours_ = true;                       // cleared by let_go(), set by take_back()
};

}  // namespace drmshow
