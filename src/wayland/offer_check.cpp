#include "wayland/offer_check.hpp"

#include <cstdlib>
#include <string_view>

#include "drm-show/error.hpp"
#include "wayland/wayland_client.hpp"

namespace drmshow {
namespace {

struct Offers {
  bool surfaces = false;
  bool windows = false;
  bool memory = false;
  bool seat = false;
};

constexpr std::string_view shell_interface = "xdg_wm_base";

void note_offer(void* data, wl_registry* /*registry*/, std::uint32_t /*name*/,
                const char* interface, std::uint32_t /*version*/) {
  auto& offers = *static_cast<Offers*>(data);
  const std::string_view offered = interface;
  if (offered == wl_compositor_interface.name) offers.surfaces = true;
  if (offered == shell_interface) offers.windows = true;
  if (offered == wl_shm_interface.name) offers.memory = true;
  if (offered == wl_seat_interface.name) offers.seat = true;
}
void ignore_removal(void* /*data*/, wl_registry* /*registry*/, std::uint32_t /*name*/) {}
constexpr wl_registry_listener offer_listener{note_offer, ignore_removal};

void check_all(const Offers& offers, bool needs_seat) {
  if (!offers.surfaces) throw_no_surfaces();
  if (!offers.windows) {
    throw Error{Failure::compositor, "the compositor offers no windows (xdg_wm_base of xdg-shell)",
                "It is too old, or not made for programs with windows of their own."};
  }
  if (!offers.memory) {
    throw Error{Failure::compositor,
                "the compositor offers no shared memory (wl_shm), and GLFW needs it",
                "Every compositor should."};
  }
  if (!offers.seat && needs_seat) {
    throw Error{Failure::compositor, "the compositor has no seat, and GLFW 3.4 needs one",
                "Give it a keyboard or a pointer, or install another GLFW (3.3 and 3.5 will do)."};
  }
}

}  // namespace

void check_offers(const GlfwLibrary& library) {
  if (std::getenv("WAYLAND_SOCKET")) return;
  wl_display* const display = wl_display_connect(nullptr);
  if (!display) return;
  Offers offers;
  wl_registry* const registry = wl_display_get_registry(display);
  wl_registry_add_listener(registry, &offer_listener, &offers);
  const bool answered = wl_display_roundtrip(display) >= 0;
  wl_registry_destroy(registry);
  wl_display_disconnect(display);
  if (answered) check_all(offers, library.needs_seat);
}

void throw_no_surfaces() {
  throw Error{Failure::compositor, "the compositor offers no surfaces (wl_compositor)",
              "What answers has no windows: does $WAYLAND_DISPLAY name the right one?"};
}

}  // namespace drmshow
