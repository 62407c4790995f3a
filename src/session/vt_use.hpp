// Whether a virtual terminal is free to be drawn upon.
#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

namespace drmshow {

struct TerminalUser {
  std::string command;
  pid_t pid = 0;
};

/// A process of another session whose controlling terminal is VT `number`: a login or a shell.
std::optional<TerminalUser> find_user_of_vt(int number);

/// Throws Error (usage) if a graphical program has the VT that `vt_fd` is open on, or had it when
/// it crashed.
void require_text_vt(int vt_fd, int number);

/// Throws Error (usage) if somebody uses VT `number` as a terminal.
void require_unused_vt(int number);

}  // namespace drmshow
