// The one connection to the compositor. GLFW has made it; we read it and dispatch both GLFW's
// events (the default queue) and ours (a queue of our own), so that neither waits for the other.
//
// One thread only. How to wait:
//
//   if (auto events = connection.prepare()) { poll({connection.fd(), *events}, …); }
//   connection.dispatch();
//
// No event that was read can stay behind while somebody waits: prepare() dispatches what other
// calls (GLFW's round trips) have read, and says so.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

struct wl_display;
struct wl_event_queue;

namespace drmshow {

class WaylandConnection {
 public:
  /// `display`: GLFW's, which outlives us.
  explicit WaylandConnection(wl_display* display);
  ~WaylandConnection();
  WaylandConnection(const WaylandConnection&) = delete;
  WaylandConnection& operator=(const WaylandConnection&) = delete;

  wl_display* display() const noexcept { return display_; }
  /// Ours: what is made for us reports here.
  wl_event_queue* queue() const noexcept { return queue_; }
  /// As display(), but what it makes reports to queue().
  wl_display* here() const noexcept { return here_; }
  int fd() const noexcept;

  /// Before each wait: sends what is to be sent. What to poll fd() for (POLLIN, with POLLOUT if the
  /// compositor does not read fast enough); nothing if events had been read already: they are
  /// dispatched now, look at them before waiting. Throws Error (compositor) if it is gone.
  std::optional<short> prepare();
  /// Reads what has come without waiting, and dispatches it. Throws Error (compositor): the
  /// compositor is gone, or has refused something (then says what).
  void dispatch();
  /// Waits until the compositor has answered everything that was sent. False if it did not in time.
  /// Throws as dispatch().
  bool roundtrip(std::chrono::milliseconds at_most = std::chrono::seconds{5});
  /// Waits for anything to come, then dispatches. False if nothing came in time.
  bool wait(std::chrono::milliseconds at_most);

 private:
  bool dispatch_read();
  bool flush();
  void read();
  [[noreturn]] void throw_failure() const;

  wl_display* display_;
  wl_event_queue* queue_;
  wl_display* here_ = nullptr;  // wrapper: what it makes reports to queue_
};

}  // namespace drmshow
