// Everything that drm-show listens to while it shows something, but for the presenter: signals, the
// seat, keys, cables, its guard, and sleep.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <poll.h>

#include "drm/uevents.hpp"
#include "session/key.hpp"
#include "session/signals.hpp"
#include "session/sleep_watch.hpp"
#include "show/console.hpp"

namespace drmshow {

/// What has come in at once.
struct News {
  bool end = false;      ///< a signal asks for it
  bool seat = false;     ///< it has something to say
  bool cables = false;   ///< a connector changed
  bool slept = false;    ///< the machine did
  bool removed = false;  ///< the device is gone
  bool guard_died = false;
};

class Inputs {
 public:
  /// From here on signals that end programs come as News.
  explicit Inputs(Console& console);

  /// Readable when a signal asks for the end.
  int end_fd() const { return signals_.fd(); }
  /// The descriptors to poll, in the order in which read() wants them back.
  void gather(std::vector<pollfd>& fds) const;
  /// Reads whatever is ready.
  News read(std::span<const pollfd> fds);
  /// The next key that was pressed, of those that are for us.
  std::optional<KeyPress> next_key();
  /// When to look for keys even if nothing is ready.
  Time deadline() const;

 private:
  // The places of those that are always there; terminals follow.
  enum Place : std::size_t { signals, seat, cables, sleep, guard, continued, terminals };

  Console& console_;
  EndSignals signals_;
  Continued continued_;
  Uevents uevents_;
  SleepWatch sleep_;
};

}  // namespace drmshow
