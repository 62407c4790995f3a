// A virtual terminal as it was, and back: for the seat in order, for the guard after a death, for
// --rescue where there was no guard.
#pragma once

#include <optional>

#include "session/terminal_state.hpp"

namespace drmshow {

/// Of the VT number `number` that `fd` is open on, as it should be afterwards: what a program that
/// crashed had left behind (graphics mode, raw keys) is not worth bringing back. nullopt with
/// errno if that is no VT.
std::optional<VtState> read_vt_state(int fd, int number) noexcept;

/// Whether keys arrive as characters, and Ctrl-Alt-Fn switches.
bool keys_are_usable(int keyboard_mode) noexcept;

/// The number of the VT that is shown, asked of any VT; 0 if that fails.
int shown_vt(int vt_fd) noexcept;

/// KD_TEXT or KD_GRAPHICS, or -1 with errno. Opens the VT anew if it was hung up.
/// Async-signal-safe.
int text_mode(const VtState& vt) noexcept;

struct VtRestored {
  int errnum = 0;       ///< of what failed first
  int switched_to = 0;  ///< the VT that somebody was waiting for, which is shown now; 0: nobody was
};

enum class VtPart {
  text,       ///< text mode and the keyboard
  switching,  ///< VT_AUTO; a switch that waits goes on: only once the display has been let go of
  all,
};

/// Text mode, keyboard, VT_AUTO. A switch that waits for our leave is completed, so that it does
/// not hang. VT_PROCESS is never brought back: whoever had set it does not know what happened
/// since. Opens the VT anew if it was hung up, and becomes the leader of a session on it, in a
/// child, if nothing else gives us the right. Async-signal-safe.
VtRestored restore_vt(const VtState& vt, VtPart part = VtPart::all) noexcept;

/// Shows the VT that was shown before ours, if there is one and ours still is. Async-signal-safe.
void return_from_vt(const VtState& vt) noexcept;

}  // namespace drmshow
