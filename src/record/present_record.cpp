// Steps of presenters, and rings, as records.
#include <algorithm>
#include <limits>

#include "drm-show/recorder.hpp"
#include "record/ring_state.hpp"

namespace drmshow {

PresentRecord to_record(const PresentEvent& event, std::uint8_t stream) noexcept {
  PresentRecord record{};
  record.step = event.step;
  record.fence = event.fence;
  record.stream = stream;
  record.output = event.output;
  record.slot = event.frame.slot;
  record.errnum = event.errnum;
  record.frame = event.frame.number;
  record.cookie = event.cookie;
  record.flags = event.flags;
  record.sequence = event.sequence;
  record.shown_ns = event.shown.time_since_epoch().count();
  record.by = event.by;
  return record;
}

PresentEvent to_event(const PresentRecord& record, Time time) noexcept {
  PresentEvent event{};
  event.time = time;
  event.step = record.step;
  event.fence = record.fence;
  event.stream = record.stream;
  event.output = record.output;
  event.frame = {record.slot, record.frame};
  event.cookie = record.cookie;
  event.errnum = record.errnum;
  event.flags = record.flags;
  event.sequence = record.sequence;
  event.shown = Time{Nanoseconds{record.shown_ns}};
  event.by = record.by;
  return event;
}

MissedRecord to_record(const MissedBlanks& missed, std::uint8_t stream) noexcept {
  MissedRecord record{};
  record.stream = stream;
  record.output = missed.output;
  record.reason = static_cast<std::uint8_t>(missed.reason);
  record.count = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(missed.count, std::numeric_limits<std::uint32_t>::max()));
  record.frame = missed.frame.number;
  return record;
}

RingRecord to_record(const FrameRing& ring, std::uint8_t stream) noexcept {
  RingRecord record = ring_state(ring);
  record.stream = stream;
  return record;
}

}  // namespace drmshow
