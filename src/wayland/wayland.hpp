// Whether Wayland can be used at all. The rest of this folder is left out with -Dwayland=disabled;
// this is there in every build.
#pragma once

#include <string>

namespace drmshow {

/// Whether this was built with Wayland.
bool wayland_built() noexcept;

/// The compositor's socket, as libwayland looks for it: $WAYLAND_SOCKET, or $WAYLAND_DISPLAY
/// (wayland-0 if that is not set) in $XDG_RUNTIME_DIR. Empty if there is none, without a try to
/// connect: then nobody who starts us in a compositor's session meant it to be used.
std::string wayland_socket();

/// Loads libwayland-client and GLFW. Throws Error (compositor) that says what to install; also if
/// this was built without.
void require_wayland();

}  // namespace drmshow
