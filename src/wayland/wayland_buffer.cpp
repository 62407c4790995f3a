#include "wayland/wayland_buffer.hpp"

#include "wayland/wayland_client.hpp"

namespace drmshow {

struct WaylandBufferListener {
  static void on_release(void* data, wl_buffer* /*buffer*/) {
    const auto& owned = *static_cast<WaylandBuffer::Owned*>(data);
    WindowEvent event;
    event.kind = WindowEventKind::released;
    event.cookie = owned.cookie;
    event.time = Clock::now();
    owned.events->add(event);
  }
  static constexpr wl_buffer_listener listener{on_release};
};

WaylandBuffer::WaylandBuffer(wl_buffer* buffer, std::uint64_t cookie, WindowEvents& events)
    : buffer_{new Owned{buffer, cookie, &events}} {
  wl_buffer_add_listener(buffer, &WaylandBufferListener::listener, buffer_.get());
}

WaylandBuffer::~WaylandBuffer() = default;

void WaylandBuffer::Destroy::operator()(Owned* owned) const noexcept {
  wl_buffer_destroy(owned->raw);
  delete owned;
}

}  // namespace drmshow
