#include "window/window_screen.hpp"

#include <algorithm>
#include <utility>

#include "drm-show/frame_ring.hpp"

namespace drmshow {
namespace {

// One that shows and the one before it.
constexpr std::size_t most_presenters = 2;

}  // namespace

WindowScreen::WindowScreen(Window& window)
    : window_{window},
      commits_{window.connection(), window.globals(), window.surface(), events_},
      formats_{window.connection(), window.globals(), window.surface()} {
  held_.reserve(most_presenters * FrameRing::most_slots);
}

// A commit that waits for another one, as in FIFO mode, makes the last one wait as well: until then
// a buffer is shown.
WindowScreen::~WindowScreen() {
  commits_.hide();
  for (Grave& grave : graves_) window_.keep(std::move(grave.buffer));
}

std::optional<WindowEvent> WindowScreen::next_event() {
  exhume_passed();
  while (const auto event = events_.next()) {
    if (event->kind != WindowEventKind::released) return event;
    let_go(event->cookie);
    if (!exhume(event->cookie)) return event;
  }
  return std::nullopt;
}

void WindowScreen::hold(std::uint64_t number) {
  if (!holds(number)) held_.push_back(number);
}

void WindowScreen::let_go(std::uint64_t number) {
  std::erase(held_, number);
}

bool WindowScreen::holds(std::uint64_t number) const {
  return std::ranges::find(held_, number) != held_.end();
}

void WindowScreen::bury(std::unique_ptr<WindowBuffer> buffer, std::uint64_t number,
                        const std::optional<SyncPoints>& points) {
  let_go(number);
  graves_.push_back({number, std::move(buffer), points});
}

void WindowScreen::exhume_passed() {
  if (!sync_) return;
  std::erase_if(graves_,
                [&](const Grave& grave) { return grave.points && sync_->released(*grave.points); });
}

FrameSync* WindowScreen::begin_sync() {
  if (!sync_) sync_ = FrameSync::make(window_, feedback());
  commits_.use(sync_ ? &sync_->protocol() : nullptr);
  return sync_.get();
}

// Who waits for its points waits in vain then: buried buffers go with the window.
void WindowScreen::end_sync() {
  commits_.use(nullptr);
  sync_.reset();
}

bool WindowScreen::exhume(std::uint64_t number) {
  return std::erase_if(graves_, [&](const Grave& grave) { return grave.number == number; }) > 0;
}

}  // namespace drmshow
