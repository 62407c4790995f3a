#include "drm-show/recording_observer.hpp"

namespace drmshow {
namespace {

// The smallest recording has room for a thousand.
constexpr int most_steps = 400;

std::uint8_t stream_number(std::size_t number) {
  return static_cast<std::uint8_t>(number);
}

void record_output(Recorder& recorder, const Output& output, std::uint8_t stream,
                   std::uint8_t place) noexcept {
  const std::int64_t millihertz = output.mode.refresh().millihertz();
  OutputRecord record{};
  record.stream = stream;
  record.output = place;
  record.crtc = output.crtc.raw();
  record.refresh_ns =
      millihertz > 0 ? 1'000'000'000'000u / static_cast<std::uint64_t>(millihertz) : 0;
  recorder.record_text(record, output.name);
}

void record_stream(Recorder& recorder, const Presenter& presenter, std::size_t index,
                   std::uint8_t number) noexcept {
  const FrameRing& ring = presenter.ring(index);
  recorder.record(RecordTag::stream,
                  StreamRecord{.stream = number,
                               .slots = static_cast<std::uint8_t>(ring.slots()),
                               .outputs = static_cast<std::uint8_t>(ring.outputs()),
                               .policy = ring.policy(),
                               .slot_return = ring.slot_return()});
  std::uint8_t place = 0;
  for (const std::size_t output : presenter.streams()[index].outputs) {
    record_output(recorder, presenter.outputs()[output], number, place++);
  }
  recorder.record(RecordTag::ring, to_record(ring, number));
}

}  // namespace

void record_streams(Recorder& recorder, const Presenter& presenter,
                    std::size_t first_stream) noexcept {
  for (std::size_t i = 0; i < presenter.streams().size(); ++i) {
    record_stream(recorder, presenter, i, stream_number(first_stream + i));
  }
}

void RecordingObserver::introduce(const Presenter& presenter) {
  presenter_ = &presenter;
  steps_ = 0;
  record_streams(recorder_, presenter, 0);
}

// What a step has made of other frames is told behind it; behind an acquire there is never
// anything.
void RecordingObserver::on(const PresentEvent& event) {
  recorder_.record(RecordTag::present, to_record(event, event.stream), event.time);
  if (++steps_ >= most_steps && event.step == PresentStep::acquire && presenter_) {
    steps_ = 0;
    record_streams(recorder_, *presenter_, 0);
  }
  if (next_) next_->on(event);
}

void RecordingObserver::on_missed(const MissedBlanks& missed) {
  recorder_.record(RecordTag::missed, to_record(missed, missed.stream), missed.time);
  if (next_) next_->on_missed(missed);
}

}  // namespace drmshow
