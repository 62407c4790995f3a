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

/// When its program ended.
struct RecordingEnd {
  Time time{};
  Nanoseconds realtime_offset{};  ///< then
  /// CLOCK_BOOTTIME then, if that was since the machine was started.
  std::optional<Nanoseconds> since_boot = {};
  bool noted = false;    ///< by who found it dead. Otherwise it is the time of its last record...
  Nanoseconds within{};  ///< ... and it ended so much later at most; 0: nobody knows
};

/// What clocks say.
struct NowClocks {
  Nanoseconds since_1970{};
  Nanoseconds since_boot{};  ///< CLOCK_BOOTTIME
};

struct RecordingEntry {
  std::string path;
  int pid = 0;
  RecordingState state = RecordingState::unreadable;
  RecordingPlace place = RecordingPlace::memory;
  std::string program;  ///< printable, as the rest; empty if it cannot be read
  std::string version;
  Time begin{};
  Nanoseconds realtime_offset{};    ///< when it began
  std::optional<RecordingEnd> end;  ///< nothing: it runs, or nobody knows
  std::uint64_t bytes = 0;
  std::uint32_t owner = 0;     ///< user id
  bool process_there = false;  ///< a process has its number: perhaps another one
};

/// The time of day in nanoseconds since 1970.
Nanoseconds since_1970(const RecordingEntry& entry, Time time);

/// How long ago that was, at most: by the clock that nobody sets, if that is possible. Clocks are
/// set: what will end is new.
Nanoseconds age_of(const RecordingEnd& end, const NowClocks& now);

/// For people.
std::string list_text(std::span<const RecordingEntry> entries, const NowClocks& now);
std::string list_json(std::span<const RecordingEntry> entries);

/// The path of the one that `word` means: a PID, a path, or with "" or "-" the only one there is.
/// Throws Error (not_found, usage).
std::string choose_recording(std::string_view word, std::span<const RecordingEntry> entries);
/// ... of those that can be followed: with "" the only one that runs or, if none does, as above.
std::string choose_to_follow(std::string_view word, std::span<const RecordingEntry> entries);

}  // namespace drmshow
