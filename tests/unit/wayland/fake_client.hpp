// A client of the fake compositor.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "fake_compositor.hpp"
#include "wayland/fractional_scale.hpp"
#include "wayland/shm_buffer.hpp"
#include "wayland/surface_commits.hpp"
#include "wayland/wayland_client.hpp"

namespace drmshow::fake {

inline constexpr Format xrgb = formats::xrgb8888;

/// What GLFW does otherwise: the connection and a surface, of version 3 as GLFW's.
class Client {
 public:
  explicit Client(FakeCompositor& compositor)
      : display_{wl_display_connect_to_fd(compositor.connect().release())} {
    connection.emplace(display_);
    globals.emplace(*connection);
    wl_registry* const registry = wl_display_get_registry(display_);
    static constexpr wl_registry_listener listener{on_global, on_removed};
    wl_registry_add_listener(registry, &listener, this);
    connection->roundtrip();
    wl_registry_destroy(registry);
    surface = wl_compositor_create_surface(compositor_);
  }
  ~Client() {
    wl_surface_destroy(surface);
    wl_compositor_destroy(compositor_);
    globals.reset();
    connection.reset();
    wl_display_disconnect(display_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  std::vector<WindowEvent> take_events() {
    connection->roundtrip();
    std::vector<WindowEvent> taken;
    while (const auto event = events.next()) taken.push_back(*event);
    return taken;
  }

  WindowEvents events;
  std::optional<WaylandConnection> connection;
  std::optional<WaylandGlobals> globals;
  wl_surface* surface = nullptr;

 private:
  static void on_global(void* data, wl_registry* registry, std::uint32_t name,
                        const char* interface, std::uint32_t /*version*/) {
    if (std::string_view{interface} != wl_compositor_interface.name) return;
    static_cast<Client*>(data)->compositor_ =
        static_cast<wl_compositor*>(wl_registry_bind(registry, name, &wl_compositor_interface, 3));
  }
  static void on_removed(void* /*data*/, wl_registry* /*registry*/, std::uint32_t /*name*/) {}

  wl_display* display_;
  wl_compositor* compositor_ = nullptr;
};

inline SurfaceFrame frame_of(const ShmBuffer& buffer, std::uint64_t cookie) {
  SurfaceFrame frame;
  frame.buffer = &buffer.buffer();
  frame.cookie = cookie;
  frame.geometry = window_geometry(buffer.size(), WindowScale{}, ScaledBy::viewport);
  return frame;
}

inline FakeManners manners_with(OnCommit on_commit) {
  FakeManners manners;
  manners.on_commit = on_commit;
  return manners;
}

}  // namespace drmshow::fake
