// Where Wayland was built in.
#include "wayland/glfw_library.hpp"
#include "wayland/wayland.hpp"
#include "wayland/wayland_library.hpp"

namespace drmshow {

bool wayland_built() noexcept {
  return true;
}

void require_wayland() {
  static_cast<void>(wayland_library());
  static_cast<void>(glfw_library());
}

}  // namespace drmshow
