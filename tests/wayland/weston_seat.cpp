// A module for weston: a seat with a keyboard, as a display's or a nested weston has, and a
// headless one has not.
//
// libweston's functions for it (10 and 14 have them) are in no header that is installed. What they
// are given here are addresses only, and room for a weston_seat, which has some 300 bytes.
#include <array>
#include <cstddef>

struct weston_compositor;
struct weston_seat;
struct xkb_keymap;

namespace {

alignas(std::max_align_t) std::array<std::byte, 4096> room;

weston_seat* seat() {
  return reinterpret_cast<weston_seat*>(room.data());
}

// wl_listener of wayland-server-core.h.
struct Listener {
  Listener* previous;
  Listener* next;
  void (*notify)(Listener*, void*);
};
Listener at_the_end;

}  // namespace

extern "C" {
void weston_seat_init(weston_seat* seat, weston_compositor* compositor, const char* name);
int weston_seat_init_keyboard(weston_seat* seat, xkb_keymap* keymap);
void weston_seat_release(weston_seat* seat);
bool weston_compositor_add_destroy_listener_once(weston_compositor* compositor, Listener* listener,
                                                 void (*notify)(Listener*, void*));

__attribute__((visibility("default"))) int wet_module_init(weston_compositor* compositor,
                                                           int* /*argc*/, char** /*argv*/) {
  weston_seat_init(seat(), compositor, "test");
  // As a display's master weston takes what seats there are in the end for those of its input.
  weston_compositor_add_destroy_listener_once(
      compositor, &at_the_end, [](Listener*, void*) { weston_seat_release(seat()); });
  return weston_seat_init_keyboard(seat(), nullptr);
}
}
