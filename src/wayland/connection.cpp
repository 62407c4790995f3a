#include "wayland/connection.hpp"

#include <cerrno>

#include <poll.h>

#include "drm-show/error.hpp"
#include "drm-show/time.hpp"
#include "wayland/wayland_client.hpp"
#include "wayland/wayland_error.hpp"
#include "wayland/wayland_message.hpp"

namespace drmshow {
namespace {

void set_done(void* data, wl_callback* /*callback*/, std::uint32_t /*serial*/) {
  *static_cast<bool*>(data) = true;
}
constexpr wl_callback_listener sync_listener{set_done};

std::chrono::milliseconds left_until(Time deadline) {
  return std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
}

}  // namespace

WaylandConnection::WaylandConnection(wl_display* display)
    : display_{display}, queue_{wl_display_create_queue(display)} {
  if (!queue_) throw Error{Failure::unexpected, "no memory for a Wayland queue", {}, ENOMEM};
  here_ = static_cast<wl_display*>(wl_proxy_create_wrapper(display));
  if (!here_) {
    wl_event_queue_destroy(queue_);
    throw Error{Failure::unexpected, "no memory for a Wayland object", {}, ENOMEM};
  }
  wl_proxy_set_queue(reinterpret_cast<wl_proxy*>(here_), queue_);
}

WaylandConnection::~WaylandConnection() {
  wl_proxy_wrapper_destroy(here_);
  wl_event_queue_destroy(queue_);
}

int WaylandConnection::fd() const noexcept {
  return wl_display_get_fd(display_);
}

std::optional<short> WaylandConnection::prepare() {
  const bool news = dispatch_read();
  const bool sent = flush();
  if (news) return std::nullopt;
  return static_cast<short>(sent ? POLLIN : POLLIN | POLLOUT);
}

void WaylandConnection::dispatch() {
  read();
  dispatch_read();
  flush();
}

bool WaylandConnection::roundtrip(std::chrono::milliseconds at_most) {
  const Time deadline = Clock::now() + at_most;
  bool done = false;
  wl_callback* const callback = wl_display_sync(here_);
  if (!callback) throw_failure();
  wl_callback_add_listener(callback, &sync_listener, &done);
  try {
    while (!done && wait(left_until(deadline))) {
    }
  } catch (const Error&) {
    wl_callback_destroy(callback);
    throw;
  }
  wl_callback_destroy(callback);
  return done;
}

bool WaylandConnection::wait(std::chrono::milliseconds at_most) {
  const auto events = prepare();
  if (!events) return true;
  if (at_most.count() < 0) return false;
  pollfd waited{fd(), *events, 0};
  const int count = ::poll(&waited, 1, static_cast<int>(at_most.count()));
  if (count == 0) return false;
  dispatch();
  return true;
}

/// Both queues, until both are empty: whether there was anything.
bool WaylandConnection::dispatch_read() {
  bool any = false;
  for (;;) {
    const int theirs = wl_display_dispatch_pending(display_);
    const int ours = theirs < 0 ? -1 : wl_display_dispatch_queue_pending(display_, queue_);
    if (theirs < 0 || ours < 0) throw_failure();
    if (theirs + ours == 0) return any;
    any = true;
  }
}

/// Whether everything was sent.
bool WaylandConnection::flush() {
  if (wl_display_flush(display_) >= 0) return true;
  if (errno == EAGAIN) return false;
  // Whoever went away may have said why: that is still to be read.
  if (errno != EPIPE) throw_failure();
  return true;
}

void WaylandConnection::read() {
  while (wl_display_prepare_read_queue(display_, queue_) != 0) {
    if (wl_display_dispatch_queue_pending(display_, queue_) < 0) throw_failure();
  }
  // Does not wait: we are the only thread that reads.
  if (wl_display_read_events(display_) < 0) throw_failure();
}

void WaylandConnection::throw_failure() const {
  const int errnum = wl_display_get_error(display_);
  ProtocolError protocol;
  if (errnum == EPROTO) {
    const wl_interface* interface = nullptr;
    protocol.code = wl_display_get_protocol_error(display_, &interface, &protocol.object);
    if (interface) protocol.interface = interface->name;
    protocol.message = last_wayland_message();
  }
  throw compositor_error(errnum, protocol);
}

}  // namespace drmshow
