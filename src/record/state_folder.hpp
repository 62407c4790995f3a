// Where recordings of programs that died are kept, besides a service's $STATE_DIRECTORY. Pure.
#pragma once

#include <string>

namespace drmshow {

/// Root's.
inline constexpr const char* system_state_folder = "/var/lib/drm-show";

/// A user's, by $XDG_STATE_HOME and $HOME (nullptr: not set), which count only if they are absolute
/// (XDG Base Directory Specification). Empty if there is none.
std::string user_state_folder(const char* xdg_state_home, const char* home);

}  // namespace drmshow
