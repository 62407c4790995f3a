// Where we sit: who gives us devices, and who tells us when the display is ours and when it is not.
//
// A seat is a virtual terminal that we are on (VtSeat), one that a seat manager looks after
// (LibseatSeat), or nothing at all (NoSeat: ssh, --no-vt). Nothing is changed before take().
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "drm-show/fd.hpp"
#include "session/terminal_state.hpp"

namespace drmshow {

enum class SeatEvent {
  none,
  leave,  ///< the display is wanted by others: let go of it, then say left()
  enter,  ///< it is ours (again), in whatever state
};

class Seat {
 public:
  virtual ~Seat() = default;

  /// Opens a primary node. Throws Error: no_device, no_permission.
  virtual UniqueFd open_device(const std::filesystem::path& node) = 0;
  /// What a guard, which is started before take(), has to bring back if we cannot; nothing without
  /// a VT.
  virtual std::optional<VtState> saved() const = 0;

  /// The connection by whose end a seat manager knows that we are gone; -1 without a manager. A
  /// guard keeps it until it has done its work: at that end the manager takes the display away.
  virtual int connection() const { return -1; }

  /// From here on the display may be drawn upon: graphics mode, and switches go through us. If it
  /// is not in the foreground, nothing is drawn until SeatEvent::enter, and whoever is there has
  /// the display: who asks for DRM master only after this does not meet another program. Throws
  /// Error.
  virtual void take() = 0;
  /// Whether the display is ours now; before take(), whether it would be.
  virtual bool active() const = 0;
  /// To poll for input; -1 if nothing ever happens.
  virtual int fd() const = 0;
  /// What has happened; to be asked until it says none.
  virtual SeatEvent read_event() = 0;
  /// The display was let go of: whoever wants it may have it. If nobody does after all, fd() says
  /// so and SeatEvent::enter follows.
  virtual void left() = 0;
  /// As it was before take(). Does nothing the second time.
  virtual void give_back() noexcept = 0;

  /// The terminal whose keys are for us besides stdin; -1 if there is none.
  virtual int keyboard() const = 0;
  /// "VT 3", "seat0 (libseat)": for --verbose.
  virtual std::string name() const = 0;
};

}  // namespace drmshow
