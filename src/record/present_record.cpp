// Steps of presenters, and rings, as records.
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

MissedRecord to_record(const MissedBlanks& missed, std::uint8_t stream) noexcept {
  MissedRecord record{};
  record.stream = stream;
  record.output = missed.output;
  record.reason = static_cast<std::uint8_t>(missed.reason);
  record.count = static_cast<std::uint32_t>(missed.count);
  record.frame = missed.frame.number;
  return record;
}

RingRecord to_record(const FrameRing& ring, std::uint8_t stream) noexcept {
  RingRecord record = ring_state(ring);
  record.stream = stream;
  return record;
}

void RecordingObserver::on(const PresentEvent& event) {
  recorder_.record(RecordTag::present, to_record(event, event.stream), event.time);
  if (next_) next_->on(event);
}

void RecordingObserver::on_missed(const MissedBlanks& missed) {
  recorder_.record(RecordTag::missed, to_record(missed, missed.stream), missed.time);
  if (next_) next_->on_missed(missed);
}

}  // namespace drmshow
