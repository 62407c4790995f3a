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

struct Rescued {
  std::string account;
  bool shown = false;  ///< it is the VT that is shown
};

/// Brings VT `number` back, or the one that is shown, and says what was wrong with it. A program
/// that lives goes on drawing: see find_display_holders(). Throws Error: usage (there is no such
/// VT), no_permission.
Rescued rescue_vt(std::optional<int> number);

/// Throws Error (master_taken) if a program has the display for itself, and that is no guard that
/// is about to let go of it.
void require_free_display();

}  // namespace drmshow
