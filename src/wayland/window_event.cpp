#include "wayland/window_event.hpp"

namespace drmshow {

std::optional<WindowEvent> WindowEvents::next() noexcept {
  if (count_ == 0) return std::nullopt;
  const WindowEvent event = events_[first_];
  first_ = (first_ + 1) % events_.size();
  --count_;
  return event;
}

void WindowEvents::add(const WindowEvent& event) noexcept {
  if (count_ == events_.size()) {
    ++lost_;
    return;
  }
  events_[(first_ + count_++) % events_.size()] = event;
}

}  // namespace drmshow
