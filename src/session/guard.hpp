// The process that brings the console back if we die, in whatever way.
//
// It is forked before the first change. It shares the open device, the terminals, and memory in
// which we write how to get back before we change anything. It waits for our end through a pidfd,
// blocks every signal, and allocates nothing. When we end in order it has been dismissed before and
// does nothing.
//
// The device is the same open file, not one of its own. The kernel ends everything that belongs to
// an open file with its last descriptor: without the guard's, our death would take DRM master,
// framebuffers and blobs with it, the outputs would go dark, anybody could become master, and the
// guard, not being the process that was master before, could become it only as root. Like this
// nothing flickers and nobody gets in between: our last picture stays until the guard has put back
// what was there before. The price is that the device is not closed before the guard is gone too.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "drm-show/fd.hpp"
#include "drm/way_back.hpp"
#include "session/guard_process.hpp"
#include "session/terminal_state.hpp"

namespace drmshow {

class Guard : public WayBackKeeper {
 public:
  /// Starts it. What it is given must stay open as long as restart() may be called. Throws Error
  /// (unexpected) if there can be none: then go on without, and say so.
  /// `device_fd`: -1 if there is none. `connection`: see Seat::connection().
  /// Without `vt` and terminals it is there for the recording only.
  Guard(int device_fd, std::optional<VtState> vt, std::span<const TtySettings> terminals,
        const RecordingRescue& recording, int connection = -1);
  ~Guard() override;  ///< dismiss()es it
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  void keep(const WayBack& way) noexcept override;
  void forget() noexcept override;
  void set_away(bool away) noexcept override;

  /// Settings that were not known at the start: to be told before they are changed.
  void keep(const TtySettings& terminal) noexcept;

  /// Readable once the guard is dead; to poll. -1 if there is none any more.
  int fd() const;
  /// Starts another in place of one that was killed; does nothing if it lives. False if that fails:
  /// there is none then.
  bool restart() noexcept;
  /// It ends and has done nothing; returns when it is gone. Does nothing the second time.
  void dismiss() noexcept;

 private:
  struct Unmap {
    void operator()(GuardMemory* memory) const noexcept;
  };

  static std::unique_ptr<GuardMemory, Unmap> share_memory();
  bool start() noexcept;
  bool is_dead() const noexcept;
  void reap() noexcept;

  std::unique_ptr<GuardMemory, Unmap> memory_;
  UniqueFd ourselves_;  // a pidfd
  UniqueFd process_;    // the guard's pidfd
  GuardDuty duty_;
};

}  // namespace drmshow
