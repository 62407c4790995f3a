// What the guard's process does. From the fork on: no allocation, no locks, no stdio, nothing that
// is not async-signal-safe, since the process that forked may have had threads that held locks.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <optional>
#include <span>

#include <sys/types.h>

#include "drm/way_back.hpp"
#include "session/rescued_recording.hpp"
#include "session/terminal_state.hpp"

namespace drmshow {

/// Of a terminal that came to us after the guard was started.
struct LateSettings {
  std::atomic<bool> known = false;  ///< set last
  termios settings;
};

/// Shared by a process and its guard. Two ways back, so that a death in the middle of writing one
/// leaves the other.
struct GuardMemory {
  static constexpr int none = -1;
  static constexpr std::size_t most_terminals = 4;

  std::atomic<int> current = none;      ///< of `ways`
  std::atomic<bool> away = false;       ///< the display is somebody else's
  std::atomic<bool> dismissed = false;  ///< whatever happens now, it is in order
  std::array<WayBack, 2> ways;
  std::array<LateSettings, most_terminals> late_settings;  ///< of those in GuardDuty
};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

/// What the child finds in its copy of our memory.
struct GuardDuty {
  static constexpr std::size_t most_terminals = GuardMemory::most_terminals;

  pid_t guarded = 0;
  int guarded_pidfd = -1;
  int device = -1;      ///< -1: none
  int connection = -1;  ///< to a seat manager; -1: none
  std::optional<VtState> vt;
  std::array<TtySettings, most_terminals> terminals{};
  std::size_t terminal_count = 0;
  std::span<char> command_line;  ///< where the kernel reads ours from; empty: not known
  RecordingRescue recording;     ///< what is to be saved
  GuardMemory* memory = nullptr;
};

/// Waits for the end of `duty.guarded`, and brings everything back unless it has dismissed us. All
/// signals are blocked already.
[[noreturn]] void be_the_guard(const GuardDuty& duty) noexcept;

}  // namespace drmshow
