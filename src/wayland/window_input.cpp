#include "wayland/window_input.hpp"

#include <utility>

namespace drmshow {

WindowInput::WindowInput(const GlfwLibrary& library, GLFWwindow* window) {
  library.glfwSetWindowUserPointer(window, this);
  library.glfwSetKeyCallback(window, on_key);
  library.glfwSetCharModsCallback(window, on_character);
  library.glfwSetWindowFocusCallback(window, on_focus);
  library.glfwSetWindowRefreshCallback(window, on_refresh);
}

WindowInput& WindowInput::of(GLFWwindow* window) {
  return *static_cast<WindowInput*>(glfw_library().glfwGetWindowUserPointer(window));
}

/// Comes before the character of the same key.
void WindowInput::on_key(GLFWwindow* window, int key, int /*scancode*/, int action, int mods) {
  WindowInput& input = of(window);
  input.settle();
  input.pressed_ = action == GLFW_PRESS;
  if (input.pressed_) input.by_place_ = key_of_function(key, KeyModifiers{mods});
}

void WindowInput::on_character(GLFWwindow* window, unsigned code_point, int mods) {
  WindowInput& input = of(window);
  if (std::exchange(input.pressed_, false)) {
    input.by_place_.reset();
    input.press(key_of_character(code_point, KeyModifiers{mods}));
  }
}

void WindowInput::settle() {
  press(std::exchange(by_place_, std::nullopt));
}

void WindowInput::on_focus(GLFWwindow* window, int /*focused*/) {
  of(window).focus = true;
}

void WindowInput::on_refresh(GLFWwindow* window) {
  of(window).refresh = true;
}

/// As on a terminal: what nobody takes is dropped, but never a quit.
void WindowInput::press(const std::optional<WindowKey>& key) {
  if (!key) return;
  if (std::holds_alternative<FullscreenKey>(*key)) {
    fullscreen_key = !fullscreen_key;
    return;
  }
  const auto& press = std::get<KeyPress>(*key);
  if (count_ < waiting_.size()) {
    waiting_[(first_ + count_++) % waiting_.size()] = press;
  } else if (press.key == Key::quit) {
    waiting_[(first_ + count_ - 1) % waiting_.size()] = press;
  }
}

std::optional<KeyPress> WindowInput::next_key() {
  if (count_ == 0) return std::nullopt;
  const KeyPress key = waiting_[first_];
  first_ = (first_ + 1) % waiting_.size();
  --count_;
  return key;
}

}  // namespace drmshow
