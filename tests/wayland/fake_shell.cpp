// xdg_wm_base, its surfaces and windows, and zxdg_decoration_manager_v1: who has been asked to
// acknowledge what, and who answers pings.
#include <algorithm>
#include <memory>
#include <string>

#include "fake_resource.hpp"
#include "fake_surface.hpp"
#include "xdg-decoration-unstable-v1-server-protocol.h"
#include "xdg-shell-server-protocol.h"

namespace drmshow::fake {

namespace {

constexpr int wm_base_version = 3;
constexpr std::int64_t pong_patience_ns = 1'000'000'000;

// Behind an xdg_wm_base.
struct Shell {
  explicit Shell(World& shared) : world(shared) {}
  ~Shell() {
    if (timer != nullptr) wl_event_source_remove(timer);
  }
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;

  World& world;
  wl_resource* resource = nullptr;
  wl_event_source* timer = nullptr;
  std::uint32_t ping = 0;  // the serial that is not answered; 0: none
  std::int64_t asked_ns = 0;
};

// Behind an xdg_surface and its xdg_toplevel.
struct ShellSurface {
  ShellSurface(World& shared, std::shared_ptr<Role> its_role)
      : world(shared), role(std::move(its_role)) {}
  World& world;
  std::shared_ptr<Role> role;
};

int send_ping(void* data) {
  Shell& shell = *static_cast<Shell*>(data);
  const std::int64_t now = now_ns();
  if (shell.ping != 0 && now - shell.asked_ns > pong_patience_ns) {
    shell.world.report.violation("unanswered ping",
                                 "ping " + std::to_string(shell.ping) + " gets no pong");
    shell.ping = 0;
  }
  if (shell.ping == 0) {
    shell.ping = wl_display_next_serial(shell.world.display);
    shell.asked_ns = now;
    xdg_wm_base_send_ping(shell.resource, shell.ping);
  }
  wl_event_source_timer_update(shell.timer,
                               static_cast<int>(shell.world.behaviour.ping_every.count()));
  return 0;
}

void pong(wl_client* /*client*/, wl_resource* resource, std::uint32_t serial) {
  Shell& shell = *object_of<Shell>(resource);
  if (serial != shell.ping) {
    shell.world.report.violation("unanswered ping",
                                 "pong " + std::to_string(serial) + " answers no ping");
  }
  shell.world.report.write("pong", {{"serial", serial}});
  shell.ping = 0;
}

void configure_window(ShellSurface& shell, Extent size, std::vector<std::uint32_t> states) {
  states.push_back(XDG_TOPLEVEL_STATE_ACTIVATED);
  send_configure(shell.world, *shell.role, size, states);
}

void set_fullscreen(wl_client* client, wl_resource* resource, wl_resource* output) {
  ShellSurface& shell = *object_of<ShellSurface>(resource);
  const bool here = output == output_of_windows(shell.world, client);
  shell.world.report.write("fullscreen", {{"on", true}, {"here", here}});
  configure_window(shell, shell.world.behaviour.output, {XDG_TOPLEVEL_STATE_FULLSCREEN});
}

void unset_fullscreen(wl_client* /*client*/, wl_resource* resource) {
  ShellSurface& shell = *object_of<ShellSurface>(resource);
  shell.world.report.write("fullscreen", {{"on", false}});
  configure_window(shell, shell.world.behaviour.window, {});
}

void set_maximized(wl_client* /*client*/, wl_resource* resource) {
  ShellSurface& shell = *object_of<ShellSurface>(resource);
  configure_window(shell, shell.world.behaviour.output, {XDG_TOPLEVEL_STATE_MAXIMIZED});
}

void unset_maximized(wl_client* /*client*/, wl_resource* resource) {
  ShellSurface& shell = *object_of<ShellSurface>(resource);
  configure_window(shell, shell.world.behaviour.window, {});
}

void set_title(wl_client* /*client*/, wl_resource* resource, const char* title) {
  object_of<ShellSurface>(resource)->world.report.write("title", {{"text", title}});
}

void destroy_toplevel(wl_client* /*client*/, wl_resource* resource) {
  object_of<ShellSurface>(resource)->role->toplevel = nullptr;
  wl_resource_destroy(resource);
}

const struct xdg_toplevel_interface toplevel_requests = {
    .destroy = destroy_toplevel,
    .set_parent = nothing,
    .set_title = set_title,
    .set_app_id = nothing,
    .show_window_menu = nothing,
    .move = nothing,
    .resize = nothing,
    .set_max_size = nothing,
    .set_min_size = nothing,
    .set_maximized = set_maximized,
    .unset_maximized = unset_maximized,
    .set_fullscreen = set_fullscreen,
    .unset_fullscreen = unset_fullscreen,
    .set_minimized = nothing,
};

void get_toplevel(wl_client* client, wl_resource* resource, std::uint32_t id) {
  const auto& shell = object_of<ShellSurface>(resource);
  shell->role->toplevel =
      make_resource(client, xdg_toplevel_interface, wl_resource_get_version(resource), id,
                    &toplevel_requests, shell);
}

void ack_configure(wl_client* /*client*/, wl_resource* resource, std::uint32_t serial) {
  ShellSurface& shell = *object_of<ShellSurface>(resource);
  auto& unacked = shell.role->unacked;
  const auto found = std::find_if(unacked.begin(), unacked.end(), [serial](const Role::Sent& sent) {
    return sent.serial == serial;
  });
  if (found == unacked.end()) {
    shell.world.report.violation("unacked configure",
                                 std::to_string(serial) + " is acknowledged, which is not open");
    return;
  }
  unacked.erase(unacked.begin(), found + 1);
  shell.role->acked_serial = serial;
}

void destroy_xdg_surface(wl_client* /*client*/, wl_resource* resource) {
  ShellSurface& shell = *object_of<ShellSurface>(resource);
  if (shell.role->toplevel != nullptr) {
    shell.world.report.violation("dead surface",
                                 "xdg_surface is destroyed before its xdg_toplevel");
  }
  shell.role->xdg_surface = nullptr;
  wl_resource_destroy(resource);
}

const struct xdg_surface_interface xdg_surface_requests = {
    .destroy = destroy_xdg_surface,
    .get_toplevel = get_toplevel,
    .get_popup = nothing,
    .set_window_geometry = nothing,
    .ack_configure = ack_configure,
};

void get_xdg_surface(wl_client* client, wl_resource* resource, std::uint32_t id, wl_resource* of) {
  World& world = object_of<Shell>(resource)->world;
  const auto& surface = object_of<Surface>(of);
  surface->role = std::make_shared<Role>();
  auto shell = std::make_shared<ShellSurface>(world, surface->role);
  surface->role->xdg_surface =
      make_resource(client, xdg_surface_interface, wl_resource_get_version(resource), id,
                    &xdg_surface_requests, shell);
  surface->on_first_commit = [shell] {
    configure_window(*shell, shell->world.behaviour.window, {});
  };
}

const struct xdg_wm_base_interface wm_base_requests = {
    .destroy = destroy_resource,
    .create_positioner = nothing,
    .get_xdg_surface = get_xdg_surface,
    .pong = pong,
};

void bind_shell(wl_client* client, void* data, std::uint32_t version, std::uint32_t id) {
  World& world = *static_cast<World*>(data);
  auto shell = std::make_shared<Shell>(world);
  shell->resource = make_resource(client, xdg_wm_base_interface, static_cast<int>(version), id,
                                  &wm_base_requests, shell);
  if (world.behaviour.ping_every.count() == 0) return;
  shell->timer =
      wl_event_loop_add_timer(wl_display_get_event_loop(world.display), send_ping, shell.get());
  wl_event_source_timer_update(shell->timer, static_cast<int>(world.behaviour.ping_every.count()));
}

void choose_mode(wl_client* /*client*/, wl_resource* decoration, std::uint32_t /*mode*/) {
  zxdg_toplevel_decoration_v1_send_configure(decoration,
                                             ZXDG_TOPLEVEL_DECORATION_V1_MODE_SERVER_SIDE);
}

const struct zxdg_toplevel_decoration_v1_interface decoration_requests = {
    .destroy = destroy_resource,
    .set_mode = choose_mode,
    .unset_mode = [](wl_client* client,
                     wl_resource* decoration) { choose_mode(client, decoration, 0); },
};

void get_decoration(wl_client* client, wl_resource* /*manager*/, std::uint32_t id,
                    wl_resource* /*toplevel*/) {
  wl_resource* decoration =
      wl_resource_create(client, &zxdg_toplevel_decoration_v1_interface, 1, id);
  wl_resource_set_implementation(decoration, &decoration_requests, nullptr, nullptr);
}

const struct zxdg_decoration_manager_v1_interface decoration_manager_requests = {
    .destroy = destroy_resource, .get_toplevel_decoration = get_decoration};

void bind_decoration(wl_client* client, void* /*world*/, std::uint32_t version, std::uint32_t id) {
  wl_resource* manager = wl_resource_create(client, &zxdg_decoration_manager_v1_interface,
                                            static_cast<int>(version), id);
  wl_resource_set_implementation(manager, &decoration_manager_requests, nullptr, nullptr);
}

}  // namespace

void send_configure(World& world, Role& role, Extent size,
                    const std::vector<std::uint32_t>& states) {
  if (role.toplevel == nullptr) return;
  wl_array array;
  wl_array_init(&array);
  for (const std::uint32_t state : states) {
    *static_cast<std::uint32_t*>(wl_array_add(&array, sizeof state)) = state;
  }
  xdg_toplevel_send_configure(role.toplevel, size.width, size.height, &array);
  wl_array_release(&array);
  const std::uint32_t serial = wl_display_next_serial(world.display);
  role.unacked.push_back({serial, now_ns()});
  xdg_surface_send_configure(role.xdg_surface, serial);
  world.report.write("configure", {{"serial", serial}, {"size", {size.width, size.height}}});
}

void make_shell(World& world) {
  make_global(world, xdg_wm_base_interface, wm_base_version, bind_shell);
  make_global(world, zxdg_decoration_manager_v1_interface, 1, bind_decoration);
}

}  // namespace drmshow::fake
