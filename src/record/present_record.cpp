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

}  // namespace drmshow
