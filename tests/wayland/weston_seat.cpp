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

extern "C" {
void weston_seat_init(weston_seat* seat, weston_compositor* compositor, const char* name);
int weston_seat_init_keyboard(weston_seat* seat, xkb_keymap* keymap);

__attribute__((visibility("default"))) int wet_module_init(weston_compositor* compositor,
                                                           int* /*argc*/, char** /*argv*/) {
  alignas(std::max_align_t) static std::array<std::byte, 4096> room;
  auto* const seat = reinterpret_cast<weston_seat*>(room.data());
  weston_seat_init(seat, compositor, "seat0");
  return weston_seat_init_keyboard(seat, nullptr);
}
}
