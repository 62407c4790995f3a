// A wl_buffer, which says when the compositor is done with it.
#pragma once

#include <cstdint>
#include <memory>

#include "wayland/window_event.hpp"

struct wl_buffer;

namespace drmshow {

class WaylandBuffer {
 public:
  /// Takes `buffer`, whose events come by our queue. Each wl_buffer.release becomes an event with
  /// `cookie` in `events`, which outlives us.
  WaylandBuffer(wl_buffer* buffer, std::uint64_t cookie, WindowEvents& events);
  WaylandBuffer(WaylandBuffer&&) noexcept = default;
  WaylandBuffer& operator=(WaylandBuffer&&) = delete;
  /// While it is shown: what is on the screen then is the compositor's choice, and the memory must
  /// not be written any more. So it is kept until it was released.
  ~WaylandBuffer();

  wl_buffer* get() const { return buffer_ ? buffer_->raw : nullptr; }

 private:
  struct Owned {  // at an address that stays, for the listener
    wl_buffer* raw;
    std::uint64_t cookie;
    WindowEvents* events;
  };
  struct Destroy {
    void operator()(Owned* owned) const noexcept;
  };
  friend struct WaylandBufferListener;
  std::unique_ptr<Owned, Destroy> buffer_;
};

}  // namespace drmshow
