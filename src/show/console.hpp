// The console that drm-show takes and gives back: seat, device, terminals, what the screen showed,
// and the guard that gives all of it back if we cannot.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "drm-show/device.hpp"
#include "drm-show/saved_screen.hpp"
#include "drm-show/snapshot.hpp"
#include "session/guard.hpp"
#include "session/guard_watch.hpp"
#include "session/privileges.hpp"
#include "session/seat.hpp"
#include "session/signals.hpp"
#include "session/terminal.hpp"
#include "show/flight_recording.hpp"
#include "show/options.hpp"

namespace drmshow {

class Console {
 public:
  /// Finds seat and device, and changes nothing. Throws Error: no_device, no_permission and others.
  Console(const Options& options, const FlightRecording& recording);
  /// Gives it back.
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  Seat& seat() { return *seat_; }
  const Device& device() const { return *device_; }
  /// What the screen showed; looked at the first time, which needs DRM master.
  SavedScreen& saved();
  const std::vector<std::unique_ptr<Terminal>>& terminals() const { return terminals_; }

  /// How everything is now; the next presenter starts from the same, unless look_anew() comes
  /// between.
  const Snapshot& look_ahead();
  /// Cables may have changed: asks the hardware.
  const Snapshot& look_anew();
  /// The screen without a presenter: as Presenter::suspend() and resume().
  void let_go_of_screen() noexcept;
  void take_screen_back();

  /// The guard is started.
  void start_guard();
  /// All is open: what is not needed any more goes, before anything is read that others may have
  /// made, and before there are other threads. The guard keeps it.
  void give_up_privileges();
  /// From here on the display may change, by whoever has started a guard.
  void take();
  /// Terminals on which the shell has put us into the foreground only now.
  void take_terminals();
  /// Keys mean something. Terminals are taken all the same: what is typed while nobody sees it is
  /// not to land in the shell.
  bool takes_keys() const { return options_.keys; }

  /// As long as the VT is not taken, a switch to another one does not wait for us. Whoever is shown
  /// then may have the display while we do something that takes its time, and is nobody's guest.
  class Lent {
   public:
    explicit Lent(Console& console);
    ~Lent();
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    /// It is ours again. Throws Error (master_taken) if somebody has it, or would want it.
    void end();

   private:
    Console& console_;
    bool lent_;
  };
  /// A key ends it: there is a terminal that gives us keys.
  bool has_keys() const;
  /// Readable when there is something to be said of the guard, or to be done.
  int guard_fd() const;
  void look_after_guard();
  /// Everything as it was before take(). 0 or the errno with which the screen could not be brought
  /// back. Does nothing the second time.
  int give_back() noexcept;

 private:
  void start_watch();
  NeededPrivileges needed_privileges() const;

  const StopsIgnored stops_ignored_;  // before the device is open, until all is given back
  const Options& options_;
  const FlightRecording& recording_;
  std::optional<Guard> guard_;       // goes last
  std::optional<GuardWatch> watch_;  // starts another one; before it
  std::unique_ptr<Seat> seat_;
  std::optional<Device> device_;
  std::vector<std::unique_ptr<Terminal>> terminals_;
  std::optional<SavedScreen> saved_;  // once we were in the foreground
  bool keeps_master_right_ = false;   // until it has been master once
  bool taken_ = false;                // set by take()
};

}  // namespace drmshow
