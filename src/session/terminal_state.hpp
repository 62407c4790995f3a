// What is restored of a terminal, as plain data: the guard has a copy.
#pragma once

#include <optional>
#include <type_traits>

#include <linux/vt.h>
#include <termios.h>

namespace drmshow {

/// Settings of any terminal that keys are read from.
struct TtySettings {
  int fd = -1;                        ///< -1: none
  std::optional<termios> settings{};  ///< none: it is not ours yet
};

/// Of a virtual terminal.
struct VtState {
  int number = 0;
  int fd = -1;
  int text_mode = 0;      ///< KDGETMODE
  int keyboard_mode = 0;  ///< KDGKBMODE
  vt_mode switching{};    ///< VT_GETMODE
  int return_to = 0;      ///< the VT to go back to; 0: stay
  bool managed = false;   ///< a seat manager restores it, and we only what that leaves undone
};
static_assert(std::is_trivially_copyable_v<VtState> && std::is_trivially_copyable_v<TtySettings>);

}  // namespace drmshow
