#include "drm-show/saved_screen.hpp"

#include <cerrno>
#include <utility>

#include "base/as_errno.hpp"
#include "present/saved_screen_impl.hpp"

namespace drmshow {
namespace {

// Master first: for others the kernel does not probe, and what we read could change under us.
Api become_display_master(const Device& device) {
  device.become_master();
  return set_display_caps(device);
}

std::shared_ptr<const Snapshot> look_at(const Device& device) {
  return std::make_shared<const Snapshot>(take_snapshot(device, ProbePolicy::probe));
}

}  // namespace

SavedScreen::Impl::Impl(const Device& device)
    : device_{device},
      best_api_{become_display_master(device)},
      before_{look_at(device)},
      undo_{device, *before_},
      ahead_{before_} {}

SavedScreen::Impl::~Impl() {
  restore();
}

std::shared_ptr<const Snapshot> SavedScreen::Impl::look() {
  auto ahead = std::exchange(ahead_, nullptr);
  return ahead ? ahead : look_at(device_);
}

std::shared_ptr<const Snapshot> SavedScreen::Impl::look_ahead() {
  if (!ahead_) ahead_ = look_at(device_);
  return ahead_;
}

void SavedScreen::Impl::will_change(const AtomicRequest& change,
                                    std::span<const AtomicRequest> parts) {
  if (undo_.add(change, parts) || !told_) tell_keeper();
}

void SavedScreen::Impl::will_change(LegacyChange change) {
  if (undo_.add(change) || !told_) tell_keeper();
}

// What does not fit cannot be kept: the kernel then turns off what we leave behind, and brings back
// its console.
void SavedScreen::Impl::tell_keeper() {
  if (!keeper_) return;
  if (!way_) way_ = std::make_unique<WayBack>();
  std::vector<Blob> blobs;
  if (undo_.write(*way_, blobs)) {
    keeper_->keep(*way_);
    told_ = true;
  } else {
    keeper_->forget();
  }
  std::swap(blobs, blobs_);
}

// While the screen is somebody else's there is nothing to bring back: what that shows is as it
// should be.
int SavedScreen::Impl::restore() noexcept {
  if (!ours_ || !std::exchange(changed_, false)) return 0;
  int errnum = go_back();
  // Somebody took it and has left it again, or has it now: then what is there is theirs.
  if (errnum == EACCES) errnum = try_to_become_master() ? go_back() : 0;
  if (keeper_ && errnum == 0) {
    keeper_->forget();
    told_ = false;
  }
  return errnum;
}

int SavedScreen::Impl::go_back() noexcept {
  return as_errno([this] { return undo_.go(); });
}

bool SavedScreen::Impl::try_to_become_master() noexcept {
  try {
    device_.become_master();
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

// Others find what was there before us: not all of them set everything that we may have changed.
bool SavedScreen::Impl::let_go(bool can_go_back) noexcept {
  const bool back = ours_ && can_go_back && (!std::exchange(changed_, false) || go_back() == 0);
  ours_ = false;
  if (keeper_) keeper_->set_away(true);
  device_.drop_master();
  return back;
}

void SavedScreen::Impl::take_back() {
  device_.become_master();
  if (keeper_) keeper_->set_away(false);
  ours_ = true;
}

SavedScreen::SavedScreen(const Device& device) : impl_{std::make_unique<Impl>(device)} {}
SavedScreen::~SavedScreen() = default;
SavedScreen::SavedScreen(SavedScreen&&) noexcept = default;

int SavedScreen::restore() noexcept {
  return impl_->restore();
}
void SavedScreen::let_go() noexcept {
  impl_->let_go();
}
void SavedScreen::take_back() {
  impl_->take_back();
}
bool SavedScreen::ours() const {
  return impl_->ours();
}

}  // namespace drmshow
