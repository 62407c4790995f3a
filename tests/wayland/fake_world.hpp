// What all objects of the fake compositor share.
#pragma once

#include <wayland-server-core.h>

#include <cstdint>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "drm-show/fd.hpp"
#include "fake_behaviour.hpp"
#include "fake_report.hpp"

namespace drmshow::fake {

class Surface;
struct Role;

struct World {
  // Throws std::runtime_error.
  explicit World(Behaviour chosen);

  Behaviour behaviour;
  Report report;
  UniqueFd drm;  // --drm; none: nothing is known of timelines
  wl_display* display = nullptr;
  std::vector<Surface*> surfaces;
  std::vector<wl_resource*> keyboards;
  std::vector<wl_resource*> outputs;
  std::set<const wl_client*> ending;                      // whose connection has closed
  std::vector<std::shared_ptr<wl_listener>> client_ends;  // one for each client so far
  int shown = 0;                                          // frames of windows
  int callbacks = 0;                                      // frame callbacks sent
  int discarded = 0;                                      // presentations, by --discard
};

// One vertical blank for all surfaces: 60 of them a second.
inline constexpr std::int64_t refresh_ns = 16'666'667;

// The globals, made unless --without names them.
void make_core(World& world);
void make_shell(World& world);
void make_seat_and_output(World& world);
// As the client knows it; nullptr: it does not.
wl_resource* output_of_windows(const World& world, wl_client* client);
void make_dmabuf(World& world);
void make_timing(World& world);
void make_sync(World& world);

// make_global: unless it is left out.
void make_global(World& world, const wl_interface& interface, int version,
                 wl_global_bind_func_t bind);

// Once a window has shown a frame: what the behaviour says for after so many.
void after_frame(Surface& surface);
void send_configure(World& world, Role& role, Extent size,
                    const std::vector<std::uint32_t>& states);
void give_keyboard_focus(World& world, wl_resource* surface);
void press_key(World& world, std::uint32_t code);

}  // namespace drmshow::fake
