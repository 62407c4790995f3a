// wl_seat with a keyboard, and wl_output.
#include <sys/mman.h>
#include <unistd.h>
#include <wayland-server-protocol.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>

#include "drm-show/fd.hpp"
#include "fake_resource.hpp"
#include "fake_world.hpp"

namespace drmshow::fake {

namespace {

constexpr int seat_version = 7;
constexpr int output_version = 4;
constexpr int refresh_mhz = 60'000;

// libxkbcommon of the client has what is included.
constexpr std::string_view keymap = R"xkb(xkb_keymap {
  xkb_keycodes { include "evdev+aliases(qwerty)" };
  xkb_types { include "complete" };
  xkb_compat { include "complete" };
  xkb_symbols { include "pc+us" };
};
)xkb";

void forget(std::vector<wl_resource*>& list, wl_resource* resource) {
  std::erase(list, resource);
}

void send_keymap(wl_resource* keyboard) {
  const UniqueFd file(memfd_create("keymap", MFD_CLOEXEC));
  const std::size_t size = keymap.size() + 1;  // its end is a NUL
  if (write(file.get(), keymap.data(), keymap.size()) < 0 ||
      ftruncate(file.get(), static_cast<off_t>(size)) < 0)
    return;
  wl_keyboard_send_keymap(keyboard, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1, file.get(),
                          static_cast<std::uint32_t>(size));
}

const struct wl_keyboard_interface keyboard_requests = {.release = destroy_resource};

void get_keyboard(wl_client* client, wl_resource* seat, std::uint32_t id) {
  World& world = *static_cast<World*>(wl_resource_get_user_data(seat));
  wl_resource* keyboard =
      wl_resource_create(client, &wl_keyboard_interface, wl_resource_get_version(seat), id);
  wl_resource_set_implementation(keyboard, &keyboard_requests, &world, [](wl_resource* gone) {
    forget(static_cast<World*>(wl_resource_get_user_data(gone))->keyboards, gone);
  });
  world.keyboards.push_back(keyboard);
  send_keymap(keyboard);
  if (wl_resource_get_version(keyboard) >= WL_KEYBOARD_REPEAT_INFO_SINCE_VERSION) {
    wl_keyboard_send_repeat_info(keyboard, 0, 600);  // no repetition
  }
}

const struct wl_seat_interface seat_requests = {.get_pointer = nothing,
                                                .get_keyboard = get_keyboard,
                                                .get_touch = nothing,
                                                .release = destroy_resource};

void bind_seat(wl_client* client, void* world, std::uint32_t version, std::uint32_t id) {
  wl_resource* seat = wl_resource_create(client, &wl_seat_interface, static_cast<int>(version), id);
  wl_resource_set_implementation(seat, &seat_requests, world, nullptr);
  wl_seat_send_capabilities(seat, WL_SEAT_CAPABILITY_KEYBOARD);
  if (version >= WL_SEAT_NAME_SINCE_VERSION) wl_seat_send_name(seat, "seat0");
}

const struct wl_output_interface output_requests = {.release = destroy_resource};

void describe(wl_resource* output, const Behaviour& behaviour) {
  const int version = wl_resource_get_version(output);
  wl_output_send_geometry(output, 0, 0, 300, 200, WL_OUTPUT_SUBPIXEL_UNKNOWN, "drm-show", "fake",
                          WL_OUTPUT_TRANSFORM_NORMAL);
  wl_output_send_mode(output, WL_OUTPUT_MODE_CURRENT | WL_OUTPUT_MODE_PREFERRED,
                      behaviour.output.width, behaviour.output.height, refresh_mhz);
  if (version >= WL_OUTPUT_SCALE_SINCE_VERSION) {
    wl_output_send_scale(output, static_cast<int>(std::ceil(behaviour.scale)));
  }
  if (version >= WL_OUTPUT_NAME_SINCE_VERSION) wl_output_send_name(output, "FAKE-1");
  if (version >= WL_OUTPUT_DONE_SINCE_VERSION) wl_output_send_done(output);
}

void bind_output(wl_client* client, void* data, std::uint32_t version, std::uint32_t id) {
  World& world = *static_cast<World*>(data);
  wl_resource* output =
      wl_resource_create(client, &wl_output_interface, static_cast<int>(version), id);
  wl_resource_set_implementation(output, &output_requests, &world, [](wl_resource* gone) {
    forget(static_cast<World*>(wl_resource_get_user_data(gone))->outputs, gone);
  });
  world.outputs.push_back(output);
  describe(output, world.behaviour);
}

}  // namespace

wl_resource* output_of_windows(const World& world, wl_client* client) {
  wl_resource* last = nullptr;
  for (wl_resource* output : world.outputs) {
    if (wl_resource_get_client(output) == client) last = output;
  }
  return last;
}

void give_keyboard_focus(World& world, wl_resource* surface) {
  wl_array none;
  wl_array_init(&none);
  for (wl_resource* keyboard : world.keyboards) {
    if (wl_resource_get_client(keyboard) != wl_resource_get_client(surface)) continue;
    wl_keyboard_send_enter(keyboard, wl_display_next_serial(world.display), surface, &none);
    wl_keyboard_send_modifiers(keyboard, wl_display_next_serial(world.display), 0, 0, 0, 0);
  }
}

void press_key(World& world, std::uint32_t code) {
  const auto time = static_cast<std::uint32_t>(now_ns() / 1'000'000);
  for (wl_resource* keyboard : world.keyboards) {
    for (const std::uint32_t state :
         {WL_KEYBOARD_KEY_STATE_PRESSED, WL_KEYBOARD_KEY_STATE_RELEASED}) {
      wl_keyboard_send_key(keyboard, wl_display_next_serial(world.display), time, code, state);
    }
  }
  world.report.write("key", {{"code", code}});
}

void make_seat_and_output(World& world) {
  make_global(world, wl_seat_interface, seat_version, bind_seat);
  for (int i = 0; i < world.behaviour.outputs; ++i) {
    make_global(world, wl_output_interface, output_version, bind_output);
  }
}

}  // namespace drmshow::fake
