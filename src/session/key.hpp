// Keys: from the bytes that a terminal sends to what they mean for drm-show. Pure.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace drmshow {

enum class Key : std::uint8_t {
  quit,        ///< q, Esc; Ctrl-C where the terminal does not make a signal of it
  pause,       ///< space
  next,        ///< n, Right, Down, Page Down
  previous,    ///< p, Left, Up, Page Up
  number,      ///< 0 to 9
  fit,         ///< f
  rotate,      ///< r
  overlay,     ///< i
  mode,        ///< m
  screenshot,  ///< s
};

struct KeyPress {
  Key key = Key::quit;
  int number = 0;  ///< of Key::number
  friend bool operator==(const KeyPress&, const KeyPress&) = default;
};

/// What a key means that writes this one character. Letters count in both cases: Caps Lock is
/// easily forgotten.
std::optional<KeyPress> key_of_letter(unsigned char character);

/// How long an Esc waits for the rest of a sequence. What a terminal sends for one key comes at
/// once, but a slow line may cut it.
inline constexpr std::chrono::milliseconds escape_time{100};

/// Turns what was read into key presses; a sequence may be cut anywhere between two reads. Nothing
/// that is typed can grow its memory.
///
/// Understood are the sequences of the Linux console, xterm and the VT series. Keys with modifiers
/// (Ctrl-Right, Alt-q) are other keys, and what is unknown is swallowed whole: the letter at its
/// end is not a key.
class KeyDecoder {
 public:
  /// Key presses that are kept; more than that many untaken ones are dropped, but never a quit.
  static constexpr std::size_t most_waiting = 64;

  /// The bytes of one read(). The key presses are taken with next().
  void feed(std::span<const char> bytes);
  std::optional<KeyPress> next();
  /// Nothing followed for a while: an Esc that came last is the key, and of a longer sequence
  /// nothing will come.
  void settle();
  /// Whether settle() would change anything: then call it when nothing came for `escape_time`.
  bool undecided() const { return state_ != State::ground; }

 private:
  enum class State : std::uint8_t {
    ground,
    escape,            // Esc
    control_sequence,  // Esc [ (CSI)
    single_shift,      // Esc O (SS3)
    function_key,      // Esc [ [: F1 to F5 of the Linux console
  };

  void take(unsigned char byte);
  void after_escape(unsigned char byte);
  void in_control_sequence(unsigned char byte);
  void add_parameter(unsigned char byte);
  void press(std::optional<KeyPress> key);

  State state_ = State::ground;
  // Of a control sequence: its bytes before the last, as far as they tell the keys that we know.
  bool known_ = true;
  int parameter_ = -1;  // a number below 100; -1: none

  std::array<KeyPress, most_waiting> waiting_{};
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

}  // namespace drmshow
