// Keys as GLFW tells them, and what they mean for drm-show. Pure.
//
// Letters and digits are taken as characters, so that every keyboard layout has them where it says;
// they mean what they mean to KeyDecoder on a terminal.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "session/key.hpp"

namespace drmshow {

/// F11, Alt-Enter.
struct FullscreenKey {
  friend bool operator==(FullscreenKey, FullscreenKey) = default;
};

using WindowKey = std::variant<KeyPress, FullscreenKey>;

/// Modifiers that are held, as GLFW's bits (GLFW_MOD_…). Caps Lock and Num Lock are none.
struct KeyModifiers {
  int bits = 0;
};

/// A key that writes something. Nothing if it means nothing; with Ctrl, Alt or Super only Ctrl-C
/// means anything.
std::optional<WindowKey> key_of_character(std::uint32_t code_point, KeyModifiers modifiers);

/// Any other: `key` is one of GLFW_KEY_….
std::optional<WindowKey> key_of_function(int key, KeyModifiers modifiers);

}  // namespace drmshow
