#include "window/window_screen.hpp"

#include <algorithm>
#include <utility>

namespace drmshow {

WindowScreen::WindowScreen(Window& window)
    : window_{window},
      commits_{window.connection(), window.globals(), window.surface(), events_},
      formats_{window.connection(), window.globals(), window.surface()} {}

WindowScreen::~WindowScreen() {
  commits_.hide();
}

std::optional<WindowEvent> WindowScreen::next_event() {
  while (const auto event = events_.next()) {
    if (event->kind != WindowEventKind::released || !exhume(event->cookie)) return event;
  }
  return std::nullopt;
}

void WindowScreen::bury(std::unique_ptr<WindowBuffer> buffer, std::uint64_t number) {
  graves_.push_back({number, std::move(buffer)});
}

bool WindowScreen::exhume(std::uint64_t number) {
  return std::erase_if(graves_, [&](const Grave& grave) { return grave.number == number; }) > 0;
}

}  // namespace drmshow
