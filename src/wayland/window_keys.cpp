#include "wayland/window_keys.hpp"

#include "wayland/glfw_library.hpp"

namespace drmshow {
namespace {

constexpr int mods_of_other_keys = GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER;
constexpr std::uint32_t most_ascii = 0x7e;

}  // namespace

std::optional<WindowKey> key_of_character(std::uint32_t code_point, KeyModifiers modifiers) {
  const int held = modifiers.bits & mods_of_other_keys;
  if (held == GLFW_MOD_CONTROL && (code_point == 'c' || code_point == 'C')) {
    return KeyPress{Key::quit};
  }
  if (held != 0 || code_point > most_ascii) return std::nullopt;
  const auto key = key_of_letter(static_cast<unsigned char>(code_point));
  return key ? std::optional<WindowKey>{*key} : std::nullopt;
}

std::optional<WindowKey> key_of_function(int key, KeyModifiers modifiers) {
  const int held = modifiers.bits & (mods_of_other_keys | GLFW_MOD_SHIFT);
  const bool enter = key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER;
  if (enter && held == GLFW_MOD_ALT) return FullscreenKey{};
  if (held != 0) return std::nullopt;
  switch (key) {
    case GLFW_KEY_F11:
      return FullscreenKey{};
    case GLFW_KEY_ESCAPE:
      return KeyPress{Key::quit};
    case GLFW_KEY_RIGHT:
    case GLFW_KEY_DOWN:
    case GLFW_KEY_PAGE_DOWN:
      return KeyPress{Key::next};
    case GLFW_KEY_LEFT:
    case GLFW_KEY_UP:
    case GLFW_KEY_PAGE_UP:
      return KeyPress{Key::previous};
    default:
      return std::nullopt;
  }
}

}  // namespace drmshow
