// What GLFW 3.4 and later crash without, or refuse with no hint.
#pragma once

#include "wayland/glfw_library.hpp"

namespace drmshow {

/// Asks over a connection of its own, which ends before GLFW makes the one that is used. Throws
/// Error (compositor) if something is missing. Does nothing if there is no compositor, or if its
/// only connection was inherited ($WAYLAND_SOCKET).
void check_offers(const GlfwLibrary& library);

[[noreturn]] void throw_no_surfaces();

}  // namespace drmshow
