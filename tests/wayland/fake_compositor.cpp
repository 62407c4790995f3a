// A Wayland compositor without a screen that does to its client, on demand, what no real one would,
// and that watches its manners. What it sees goes into --report, a JSON object a line. It ends by
// SIGTERM, or when its client has gone.
#include <fcntl.h>
#include <unistd.h>
#include <wayland-server-protocol.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>

#include "fake_resource.hpp"
#include "fake_surface.hpp"
#include "xdg-shell-server-protocol.h"

namespace drmshow::fake {

namespace {

constexpr int tick_ms = 1000 / 60;
constexpr int frames_between_keys = 10;

// The output's vertical blank, and the clock of everything.
struct Ticker {
  explicit Ticker(World& shared) : world(shared) {}
  World& world;
  wl_event_source* timer = nullptr;
  std::uint64_t sequence = 0;
};

int tick(void* data) {
  Ticker& ticker = *static_cast<Ticker*>(data);
  ++ticker.sequence;
  const std::vector<Surface*> surfaces = ticker.world.surfaces;  // some may end meanwhile
  for (Surface* surface : surfaces) surface->tick(ticker.sequence);
  wl_display_flush_clients(ticker.world.display);
  wl_event_source_timer_update(ticker.timer, tick_ms);
  return 0;
}

int end_by_signal(int /*number*/, void* display) {
  wl_display_terminate(static_cast<wl_display*>(display));
  return 0;
}

// Its end is known before its objects end.
struct ClientEnd : wl_listener {
  World* world = nullptr;
};

void client_ended(wl_listener* listener, void* client) {
  World& world = *static_cast<ClientEnd*>(listener)->world;
  world.ending.insert(static_cast<wl_client*>(client));
  world.report.write("client ended", nlohmann::json::object());
}

struct ClientStart : wl_listener {
  World* world = nullptr;
};

void client_started(wl_listener* listener, void* client) {
  World& world = *static_cast<ClientStart*>(listener)->world;
  world.ending.erase(static_cast<wl_client*>(client));  // the address may have been another's
  world.report.write("client", nlohmann::json::object());
  auto end = std::make_unique<ClientEnd>();
  end->world = &world;
  end->notify = client_ended;
  wl_client_add_destroy_listener(static_cast<wl_client*>(client), end.get());
  world.client_ends.push_back(std::move(end));
}

void storm(World& world, Role& role, int configures) {
  for (int i = 0; i < configures; ++i) {
    send_configure(world, role, {320 + 16 * (i % 40), 240 + 16 * (i % 30)},
                   {XDG_TOPLEVEL_STATE_ACTIVATED});
  }
}

void first_frame(Surface& surface) {
  World& world = surface.world();
  wl_client* client = wl_resource_get_client(surface.resource());
  if (wl_resource* output = output_of_windows(world, client)) {
    wl_surface_send_enter(surface.resource(), output);
  }
  give_keyboard_focus(world, surface.resource());
  if (world.behaviour.configure_storm)
    storm(world, *surface.role, *world.behaviour.configure_storm);
}

UniqueFd open_node(const std::string& node) {
  UniqueFd fd(node.empty() ? -1 : open(node.c_str(), O_RDWR | O_CLOEXEC));
  if (!fd && !node.empty()) throw std::runtime_error("cannot open " + node);
  return fd;
}

void run(const Behaviour& behaviour) {
  World world(behaviour);
  world.display = wl_display_create();
  if (wl_display_add_socket(world.display, behaviour.socket.c_str()) != 0) {
    throw std::runtime_error("no socket " + behaviour.socket + " in XDG_RUNTIME_DIR");
  }
  make_core(world);
  make_shell(world);
  make_seat_and_output(world);
  make_dmabuf(world);
  make_timing(world);
  make_sync(world);
  wl_event_loop* loop = wl_display_get_event_loop(world.display);
  Ticker ticker(world);
  ticker.timer = wl_event_loop_add_timer(loop, tick, &ticker);
  wl_event_source_timer_update(ticker.timer, tick_ms);
  wl_event_source* term = wl_event_loop_add_signal(loop, SIGTERM, end_by_signal, world.display);
  ClientStart start;
  start.world = &world;
  start.notify = client_started;
  wl_display_add_client_created_listener(world.display, &start);
  wl_display_run(world.display);
  wl_display_destroy_clients(world.display);
  wl_event_source_remove(term);
  wl_event_source_remove(ticker.timer);
  wl_display_destroy(world.display);
}

}  // namespace

World::World(Behaviour chosen)
    : behaviour(std::move(chosen)), report(behaviour.report), drm(open_node(behaviour.drm)) {}

void after_frame(Surface& surface) {
  World& world = surface.world();
  const Behaviour& behaviour = world.behaviour;
  const int shown = ++world.shown;
  if (shown == 1) first_frame(surface);
  if (shown % frames_between_keys == 0) {
    const auto key = static_cast<std::size_t>(shown / frames_between_keys - 1);
    if (key < behaviour.keys.size()) press_key(world, behaviour.keys[key]);
  }
  if (behaviour.close_after == shown && surface.role->toplevel != nullptr) {
    world.report.write("close", nlohmann::json::object());
    xdg_toplevel_send_close(surface.role->toplevel);
  }
  if (behaviour.protocol_error_after == shown) {
    wl_resource_post_error(surface.resource(), WL_SURFACE_ERROR_INVALID_SCALE,
                           "as it was asked for");
  }
  if (behaviour.die_after == shown) std::raise(SIGKILL);
}

}  // namespace drmshow::fake

int main(int argc, char** argv) try {
  drmshow::fake::run(drmshow::fake::parse_behaviour({argv + 1, argv + argc}));
  return 0;
} catch (const std::invalid_argument& error) {
  std::fprintf(stderr, "fake-compositor: %s\n%s\n", error.what(), drmshow::fake::usage().c_str());
  return 2;
} catch (const std::exception& error) {
  std::fprintf(stderr, "fake-compositor: %s\n", error.what());
  return 1;
}
