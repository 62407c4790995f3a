// Opening virtual terminals by number, and what to tell the user if that fails.
#pragma once

#include <string>

#include "session/vt_number.hpp"

namespace drmshow {

/// Throws the Error for `errnum` from a VT: no_permission or unexpected.
[[noreturn]] void throw_vt_error(const std::string& what, int errnum);

/// /dev/tty0: whichever is shown. Throws Error: usage (there are none here), no_permission.
UniqueFd open_console();

/// Throws Error: usage (no such number), no_permission.
OpenVt open_vt(int number);

}  // namespace drmshow
