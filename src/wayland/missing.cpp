// Built in place of all the rest where Wayland was left out.
#include "drm-show/error.hpp"
#include "wayland/wayland.hpp"

namespace drmshow {

bool wayland_built() noexcept {
  return false;
}

void require_wayland() {
  throw Error{
      Failure::compositor, "this drm-show was built without Wayland",
      "Install the development files of libwayland, wayland-protocols and GLFW (Debian: "
      "libwayland-dev, wayland-protocols, libglfw3-dev) and build again, or run drm-show on "
      "a text console (Ctrl-Alt-F3)."};
}

}  // namespace drmshow
