// The recordings that there are, as data: what a list shows of them, and which one is meant. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "drm-show/time.hpp"

namespace drmshow {

enum class RecordingState : std::uint8_t {
  running,     ///< its program runs, and writes
  ended,       ///< in order; it was kept
  died,        ///< its program is gone, and did not say so
  forbidden,   ///< somebody else's
  unreadable,  ///< being made just now, damaged, or of another version
};

/// Where it is.
enum class RecordingPlace : std::uint8_t { memory, saved };

struct RecordingEntry {
  std::string path;
  int pid = 0;
  RecordingState state = RecordingState::unreadable;
  RecordingPlace place = RecordingPlace::memory;
  std::string program;  ///< printable, as the rest; empty if it cannot be read
  std::string version;
  Time begin{};
  std::optional<Time> end;  ///< of its last record
  Nanoseconds realtime_offset{};
  std::uint64_t bytes = 0;
  std::uint32_t owner = 0;     ///< user id
  bool process_there = false;  ///< a process has its number: perhaps another one
};

/// The time of day in nanoseconds since 1970.
Nanoseconds since_1970(const RecordingEntry& entry, Time time);

/// For people. `now`: since 1970.
std::string list_text(std::span<const RecordingEntry> entries, Nanoseconds now);
std::string list_json(std::span<const RecordingEntry> entries);

/// The path of the one that `word` means: a PID, a path, or with "" or "-" the only one there is.
/// Throws Error (not_found, usage).
std::string choose_recording(std::string_view word, std::span<const RecordingEntry> entries);
/// ... of those that can be followed: with "" the only one that runs or, if none does, as above.
std::string choose_to_follow(std::string_view word, std::span<const RecordingEntry> entries);

}  // namespace drmshow
