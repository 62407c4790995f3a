// drm-show --rescue: a virtual terminal that a program left in graphics mode, with raw keys or in
// charge of switches, when nothing guarded it.
#pragma once

#include <optional>
#include <string>

#include "session/terminal_state.hpp"

namespace drmshow {

/// What a VT is found in.
struct VtFound {
  int number = 0;
  int text_mode = 0;
  int keyboard_mode = 0;
  bool switched_by_a_program = false;  ///< VT_PROCESS
};

/// What there is to tell: what was found wrong, and what has been done. Pure.
std::string account_of_rescue(const VtFound& found, const VtFound& after);

/// Brings VT `number` back, or the one that is shown, and says what was wrong with it. Whether the
/// program that left it so still lives the kernel does not tell: then it may go on drawing. Throws
/// Error: usage (there is no such VT), no_permission.
std::string rescue_vt(std::optional<int> number);

}  // namespace drmshow
