#include "record_maker.hpp"

namespace drmshow {

void RecordMaker::add_bytes(double ms, RecordTag tag, std::span<const std::byte> payload) {
  memory_.emplace_back(payload.begin(), payload.end());
  Record record;
  record.sequence = 1000 + records_.size();
  record.time = at_ms(ms);
  record.tag = tag;
  record.thread = 7;
  record.payload = memory_.back();
  records_.push_back(record);
}

void RecordMaker::text(double ms, RecordTag tag, std::string_view text) {
  add_bytes(ms, tag, std::as_bytes(std::span{text}));
}

void RecordMaker::step(double ms, const Step& step) {
  PresentRecord payload{};
  payload.step = step.step;
  payload.fence = step.fence;
  payload.stream = step.stream;
  payload.output = step.output;
  payload.slot = step.slot;
  payload.errnum = step.errnum;
  payload.sequence = step.sequence;
  payload.frame = step.frame;
  payload.cookie = step.cookie;
  payload.shown_ns = at_ms(step.shown_ms).time_since_epoch().count();
  payload.by = step.by;
  add(ms, RecordTag::present, payload);
}

template <class Payload>
void RecordMaker::add_with_text(double ms, RecordTag tag, const Payload& payload,
                                std::string_view text) {
  std::vector<std::byte> bytes(sizeof payload + text.size());
  std::memcpy(bytes.data(), &payload, sizeof payload);
  std::memcpy(bytes.data() + sizeof payload, text.data(), text.size());
  add_bytes(ms, tag, bytes);
}

void RecordMaker::output(double ms, OutputRecord payload, std::string_view name) {
  payload.text_at = sizeof payload;
  add_with_text(ms, RecordTag::output, payload, name);
}

void RecordMaker::error(double ms, ErrorRecord payload, std::string_view text) {
  payload.text_at = sizeof payload;
  add_with_text(ms, RecordTag::error, payload, text);
}

void RecordMaker::missed(double ms, std::uint64_t frame, std::uint32_t count, MissReason reason,
                         std::uint8_t output) {
  add(ms, RecordTag::missed,
      MissedRecord{.stream = 0,
                   .output = output,
                   .reason = static_cast<std::uint8_t>(reason),
                   .reserved = 0,
                   .count = count,
                   .frame = frame});
}

void RecordMaker::frame(const Drawn& drawn) {
  const auto slot = static_cast<std::uint8_t>(drawn.frame % 3);
  const double drawn_at = drawn.acquired_ms + 0.1 + drawn.draw_ms;
  const DrawRecord draw{
      .stream = 0, .slot = slot, .by_gpu = 0, .reserved = 0, .reserved2 = 0, .frame = drawn.frame};
  step(drawn.acquired_ms, {.step = PresentStep::acquire, .frame = drawn.frame, .slot = slot});
  add(drawn.acquired_ms + 0.1, RecordTag::draw_begin, draw);
  add(drawn_at, RecordTag::draw_end, draw);
  step(drawn_at + 0.1, {.step = PresentStep::submit, .frame = drawn.frame, .slot = slot});
  step(drawn_at + 0.2,
       {.step = PresentStep::commit, .frame = drawn.frame, .slot = slot, .cookie = drawn.frame});
  const auto blank = static_cast<std::uint32_t>(drawn.shown_ms / sample_period_ms + 0.5);
  step(drawn.shown_ms + 0.2, {.step = PresentStep::flip,
                              .frame = drawn.frame,
                              .slot = slot,
                              .cookie = drawn.frame,
                              .sequence = blank,
                              .shown_ms = drawn.shown_ms});
}

RecordMaker sample_recording() {
  RecordMaker maker;
  maker.text(900, RecordTag::setting, "mode=1920x1080@60");
  maker.stream(900, {.stream = 0,
                     .slots = 3,
                     .outputs = 1,
                     .policy = RingPolicy::fifo,
                     .slot_return = SlotReturn::flip});
  maker.output(900, {.text_at = 0, .stream = 0, .output = 0, .crtc = 57, .refresh_ns = 16'666'667},
               "DP-1");
  for (std::uint64_t number = 1; number <= 12; ++number) {
    const bool slow = number == 5;
    const double blank = 1000 + sample_period_ms * static_cast<double>(number + (number >= 5));
    const double begin = blank - (slow ? 2 : 1) * sample_period_ms + 0.5;
    maker.frame({number, begin, slow ? 21.3 : 4.2, blank});
    if (slow) maker.missed(blank + 0.3, number, 1, MissReason::drawing);
  }
  return maker;
}

}  // namespace drmshow
