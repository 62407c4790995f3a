// Whether Wayland can be used at all. The rest of this folder is left out with -Dwayland=disabled;
// this is there in every build.
#pragma once

#include <string>

namespace drmshow {

/// Whether this was built with Wayland.
bool wayland_built() noexcept;

/// The compositor's socket that our surroundings name: $WAYLAND_SOCKET, or $WAYLAND_DISPLAY in
/// $XDG_RUNTIME_DIR. Empty if they name none: then nobody who starts us in a compositor's session
/// meant it to be used, though one may be there (wayland-0). Whether anybody listens is not tried.
std::string wayland_socket();

/// Loads libwayland-client and GLFW. Throws Error (compositor) that says what to install; also if
/// this was built without.
void require_wayland();

}  // namespace drmshow
