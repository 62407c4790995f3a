#include "wayland/window_keys.hpp"

#include <gtest/gtest.h>

#include "wayland/glfw_library.hpp"

namespace drmshow {
namespace {

constexpr KeyModifiers alone{};
constexpr KeyModifiers with(int bits) {
  return {bits};
}

std::optional<WindowKey> press(Key key, int number = 0) {
  return WindowKey{KeyPress{key, number}};
}

TEST(WindowKeys, CharactersMeanWhatTheyMeanOnATerminal) {
  for (unsigned code = 0; code < 128; ++code) {
    if (code < ' ' || code == 127) continue;  // GLFW gives none of these
    const char byte = static_cast<char>(code);
    KeyDecoder decoder;
    decoder.feed({&byte, 1});
    decoder.settle();
    const auto there = decoder.next();
    const auto here = key_of_character(code, alone);
    EXPECT_EQ(here, there ? std::optional<WindowKey>{*there} : std::nullopt) << byte;
  }
}

TEST(WindowKeys, ShiftAndLocksAreNoModifiers) {
  EXPECT_EQ(key_of_character('Q', with(GLFW_MOD_SHIFT)), press(Key::quit));
  EXPECT_EQ(key_of_character('7', with(GLFW_MOD_SHIFT)), press(Key::number, 7));
  EXPECT_EQ(key_of_character('q', with(GLFW_MOD_CAPS_LOCK | GLFW_MOD_NUM_LOCK)), press(Key::quit));
  EXPECT_EQ(key_of_function(GLFW_KEY_ESCAPE, with(GLFW_MOD_NUM_LOCK)), press(Key::quit));
}

TEST(WindowKeys, WithModifiersTheyAreOtherKeys) {
  for (const int bits : {GLFW_MOD_CONTROL, GLFW_MOD_ALT, GLFW_MOD_SUPER}) {
    EXPECT_EQ(key_of_character('q', with(bits)), std::nullopt);
    EXPECT_EQ(key_of_function(GLFW_KEY_RIGHT, with(bits)), std::nullopt);
    EXPECT_EQ(key_of_function(GLFW_KEY_F11, with(bits)), std::nullopt);
  }
  EXPECT_EQ(key_of_function(GLFW_KEY_RIGHT, with(GLFW_MOD_SHIFT)), std::nullopt);
}

TEST(WindowKeys, CtrlCEndsIt) {
  EXPECT_EQ(key_of_character('c', with(GLFW_MOD_CONTROL)), press(Key::quit));
  EXPECT_EQ(key_of_character('C', with(GLFW_MOD_CONTROL | GLFW_MOD_CAPS_LOCK)), press(Key::quit));
  EXPECT_EQ(key_of_character('c', alone), std::nullopt);
  EXPECT_EQ(key_of_character('c', with(GLFW_MOD_CONTROL | GLFW_MOD_ALT)), std::nullopt);
}

TEST(WindowKeys, OtherAlphabetsMeanNothing) {
  EXPECT_EQ(key_of_character(0x0439, alone), std::nullopt);        // й, where q is elsewhere
  EXPECT_EQ(key_of_character(0x0100 + 'q', alone), std::nullopt);  // its last byte is a q
}

TEST(WindowKeys, ArrowsAndPagesTurn) {
  for (const int key : {GLFW_KEY_RIGHT, GLFW_KEY_DOWN, GLFW_KEY_PAGE_DOWN}) {
    EXPECT_EQ(key_of_function(key, alone), press(Key::next));
  }
  for (const int key : {GLFW_KEY_LEFT, GLFW_KEY_UP, GLFW_KEY_PAGE_UP}) {
    EXPECT_EQ(key_of_function(key, alone), press(Key::previous));
  }
  EXPECT_EQ(key_of_function(GLFW_KEY_Q, alone), std::nullopt);  // the character says it
}

TEST(WindowKeys, FullscreenHasTwo) {
  const std::optional<WindowKey> fullscreen{FullscreenKey{}};
  EXPECT_EQ(key_of_function(GLFW_KEY_F11, alone), fullscreen);
  EXPECT_EQ(key_of_function(GLFW_KEY_ENTER, with(GLFW_MOD_ALT)), fullscreen);
  EXPECT_EQ(key_of_function(GLFW_KEY_KP_ENTER, with(GLFW_MOD_ALT)), fullscreen);
  EXPECT_EQ(key_of_function(GLFW_KEY_ENTER, alone), std::nullopt);
  EXPECT_EQ(key_of_function(GLFW_KEY_ENTER, with(GLFW_MOD_ALT | GLFW_MOD_CONTROL)), std::nullopt);
}

}  // namespace
}  // namespace drmshow
