#include "session/key.hpp"

namespace drmshow {
namespace {

constexpr unsigned char ctrl_c = 0x03;
constexpr unsigned char escape_byte = 0x1b;

/// The last byte of Esc [ and Esc O alike.
std::optional<KeyPress> arrow_key(unsigned char byte) {
  if (byte == 'A' || byte == 'D') return KeyPress{Key::previous};  // Up, Left
  if (byte == 'B' || byte == 'C') return KeyPress{Key::next};      // Down, Right
  return std::nullopt;
}

/// The number of Esc [ N ~.
std::optional<KeyPress> numbered_key(int number) {
  if (number == 5) return KeyPress{Key::previous};  // Page Up
  if (number == 6) return KeyPress{Key::next};      // Page Down
  return std::nullopt;
}

constexpr bool is_digit(unsigned char byte) {
  return byte >= '0' && byte <= '9';
}
/// ECMA-48, 5.4: parameter bytes are 03/00 to 03/15, intermediate bytes 02/00 to 02/15, and what
/// ends a control sequence is 04/00 to 07/14.
constexpr bool continues_sequence(unsigned char byte) {
  return byte >= 0x20 && byte <= 0x3f;
}

}  // namespace

std::optional<KeyPress> key_of_letter(unsigned char character) {
  if (character >= '0' && character <= '9') return KeyPress{Key::number, character - '0'};
  switch (character >= 'A' && character <= 'Z' ? character - 'A' + 'a' : character) {
    case 'q':
      return KeyPress{Key::quit};
    case ' ':
      return KeyPress{Key::pause};
    case 'n':
      return KeyPress{Key::next};
    case 'p':
      return KeyPress{Key::previous};
    case 'f':
      return KeyPress{Key::fit};
    case 'r':
      return KeyPress{Key::rotate};
    case 'i':
      return KeyPress{Key::overlay};
    case 'm':
      return KeyPress{Key::mode};
    case 's':
      return KeyPress{Key::screenshot};
    default:
      return std::nullopt;
  }
}

void KeyDecoder::feed(std::span<const char> bytes) {
  for (const char byte : bytes) take(static_cast<unsigned char>(byte));
}

void KeyDecoder::take(unsigned char byte) {
  if (byte == ctrl_c) {
    state_ = State::ground;
    return press(KeyPress{Key::quit});
  }
  if (byte == escape_byte && state_ != State::escape) {  // also in the middle of a sequence
    state_ = State::escape;
    return;
  }
  switch (state_) {
    case State::ground:
      return press(key_of_letter(byte));
    case State::escape:
      return after_escape(byte);
    case State::control_sequence:
      return in_control_sequence(byte);
    case State::single_shift:
      state_ = State::ground;
      return press(arrow_key(byte));
    case State::function_key:
      state_ = State::ground;
      return;
  }
}

void KeyDecoder::after_escape(unsigned char byte) {
  state_ = State::ground;  // Alt with another key, unless it is one of these
  if (byte == escape_byte) {
    press(KeyPress{Key::quit});
  } else if (byte == 'O') {
    state_ = State::single_shift;
  } else if (byte == '[') {
    state_ = State::control_sequence;
    known_ = true;
    parameter_ = -1;
  }
}

void KeyDecoder::in_control_sequence(unsigned char byte) {
  if (continues_sequence(byte)) return add_parameter(byte);
  const bool nothing_before = known_ && parameter_ < 0;
  if (byte == '[' && nothing_before) {
    state_ = State::function_key;
    return;
  }
  state_ = State::ground;
  if (nothing_before) return press(arrow_key(byte));
  if (known_ && byte == '~') press(numbered_key(parameter_));
}

void KeyDecoder::add_parameter(unsigned char byte) {
  known_ = known_ && is_digit(byte) && parameter_ < 10;
  if (known_) parameter_ = (parameter_ < 0 ? 0 : parameter_ * 10) + (byte - '0');
}

void KeyDecoder::press(std::optional<KeyPress> key) {
  if (!key) return;
  if (count_ < waiting_.size()) {
    waiting_[(first_ + count_++) % waiting_.size()] = *key;
  } else if (key->key == Key::quit) {
    waiting_[(first_ + count_ - 1) % waiting_.size()] = *key;
  }
}

std::optional<KeyPress> KeyDecoder::next() {
  if (count_ == 0) return std::nullopt;
  const KeyPress key = waiting_[first_];
  first_ = (first_ + 1) % waiting_.size();
  --count_;
  return key;
}

void KeyDecoder::settle() {
  if (state_ == State::escape) press(KeyPress{Key::quit});
  state_ = State::ground;
}

}  // namespace drmshow
