#include "wayland/seat_check.hpp"

#include <cstdlib>
#include <string_view>

#include "drm-show/error.hpp"
#include "wayland/wayland_client.hpp"

namespace drmshow {
namespace {

void note_seat(void* data, wl_registry* /*registry*/, std::uint32_t /*name*/, const char* interface,
               std::uint32_t /*version*/) {
  if (std::string_view{interface} == wl_seat_interface.name) *static_cast<bool*>(data) = true;
}
void ignore_removal(void* /*data*/, wl_registry* /*registry*/, std::uint32_t /*name*/) {}
constexpr wl_registry_listener seat_listener{note_seat, ignore_removal};

}  // namespace

void check_seat() {
  if (std::getenv("WAYLAND_SOCKET")) return;
  wl_display* const display = wl_display_connect(nullptr);
  if (!display) return;
  bool found = false;
  wl_registry* const registry = wl_display_get_registry(display);
  wl_registry_add_listener(registry, &seat_listener, &found);
  const bool answered = wl_display_roundtrip(display) >= 0;
  wl_registry_destroy(registry);
  wl_display_disconnect(display);
  if (!answered || found) return;
  throw Error{Failure::compositor, "the compositor has no seat, and GLFW 3.4 needs one",
              "Give it a keyboard or a pointer, or install another GLFW (3.3 and 3.5 will do)."};
}

}  // namespace drmshow
