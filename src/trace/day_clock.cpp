#include "trace/day_clock.hpp"

#include <algorithm>

namespace drmshow {

ClockNote clock_note(const Record& record) {
  const auto payload = record.as<ClockRecord>();
  return {record.time, Nanoseconds{payload.realtime_offset_ns},
          Nanoseconds{payload.boottime_offset_ns}, Nanoseconds{payload.next_within_ns}};
}

std::vector<ClockNote> clock_notes(std::span<const Record> records) {
  std::vector<ClockNote> notes;
  for (const Record& record : records) {
    if (record.tag == RecordTag::clock) notes.push_back(clock_note(record));
  }
  std::ranges::stable_sort(notes, {}, &ClockNote::time);
  return notes;
}

DayClock::DayClock(const RecordingInfo& info, std::span<const ClockNote> notes, bool from_begin) {
  if (from_begin || notes.empty())
    notes_.push_back({.time = info.begin, .realtime_offset = info.realtime_offset});
  notes_.insert(notes_.end(), notes.begin(), notes.end());
  if (info.died)
    notes_.push_back({.time = *info.died, .realtime_offset = info.died_realtime_offset});
  std::ranges::stable_sort(notes_, {}, &ClockNote::time);
}

DayClock::DayClock(const RecordingInfo& info, std::span<const Record> records)
    : DayClock{info, clock_notes(records), has_begin(info, records)} {}

void DayClock::add(const ClockNote& note) {
  notes_.insert(std::ranges::upper_bound(notes_, note.time, {}, &ClockNote::time), note);
}

Nanoseconds DayClock::offset_at(Time time) const {
  const auto after = std::ranges::upper_bound(notes_, time, {}, &ClockNote::time);
  return (after == notes_.begin() ? after : after - 1)->realtime_offset;
}

bool has_begin(const RecordingInfo& info, std::span<const Record> records) {
  return records.empty() || records.front().sequence <= info.capacity;
}

}  // namespace drmshow
