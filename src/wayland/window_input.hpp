// What GLFW tells about a window, kept until somebody asks.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "wayland/glfw_library.hpp"
#include "wayland/window_keys.hpp"

namespace drmshow {

class WindowInput {
 public:
  /// Has GLFW's callbacks for `window` report here, until it is destroyed.
  WindowInput(const GlfwLibrary& library, GLFWwindow* window);
  WindowInput(const WindowInput&) = delete;
  WindowInput& operator=(const WindowInput&) = delete;

  /// All that has come was told: a key without a character has none.
  void settle();
  std::optional<KeyPress> next_key();

  // Set by callbacks, cleared by whoever reads them.
  bool focus = false;
  bool fullscreen_key = false;
  bool refresh = false;

 private:
  static constexpr std::size_t most_waiting = KeyDecoder::most_waiting;

  static WindowInput& of(GLFWwindow* window);
  static void on_key(GLFWwindow* window, int key, int scancode, int action, int mods);
  static void on_character(GLFWwindow* window, unsigned code_point, int mods);
  static void on_focus(GLFWwindow* window, int focused);
  static void on_refresh(GLFWwindow* window);
  void press(const std::optional<WindowKey>& key);

  bool pressed_ = false;  // a key, just now: the character that follows is not of a held one
  // What that key is by its place on the keyboard, unless it writes something: keyboards that are
  // made up on the spot (virtual ones) have characters anywhere. Cleared by settle().
  std::optional<WindowKey> by_place_;
  std::array<KeyPress, most_waiting> waiting_{};
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

}  // namespace drmshow
