// What time of day a time of a recording was. The clock of the day is set while programs run, by
// people and by NTP, and jumps when the machine has slept. Pure.
#pragma once

#include <span>
#include <vector>

#include "drm-show/recording.hpp"

namespace drmshow {

/// What clocks said at that time.
struct ClockNote {
  Time time{};
  Nanoseconds realtime_offset{};  ///< CLOCK_REALTIME minus CLOCK_MONOTONIC
  Nanoseconds boottime_offset{};  ///< CLOCK_BOOTTIME minus that
  Nanoseconds next_within{};      ///< as ClockRecord has it
};

ClockNote clock_note(const Record& record);
/// Those of the records, by their time.
std::vector<ClockNote> clock_notes(std::span<const Record> records);

class DayClock {
 public:
  /// It was never set.
  explicit DayClock(Nanoseconds realtime_offset) { add({.realtime_offset = realtime_offset}); }
  /// By what the recording says. `from_begin`: its first records are there. If they are not, what
  /// was noted at its begin may be long untrue.
  DayClock(const RecordingInfo& info, std::span<const ClockNote> notes, bool from_begin);
  DayClock(const RecordingInfo& info, std::span<const Record> records);

  /// Another one.
  void add(const ClockNote& note);
  /// CLOCK_REALTIME minus CLOCK_MONOTONIC then: as it was noted last, or at first.
  Nanoseconds offset_at(Time time) const;

 private:
  std::vector<ClockNote> notes_;  // by time; never empty
};

/// The first record of a recording is there. (Cells are numbered from the size of the ring on.)
bool has_begin(const RecordingInfo& info, std::span<const Record> records);

}  // namespace drmshow
