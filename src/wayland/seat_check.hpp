// Compositors without a seat (no keyboard, no pointer, as without a display) make GLFW 3.4 crash.
#pragma once

namespace drmshow {

/// Asks over a connection of its own, which ends before GLFW makes the one that is used. Throws
/// Error (compositor) if there is no seat. Does nothing if there is no compositor, or if its only
/// connection was inherited ($WAYLAND_SOCKET).
void check_seat();

}  // namespace drmshow
