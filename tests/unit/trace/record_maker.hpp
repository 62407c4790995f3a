// Records made by hand, for tests of what drm-trace makes of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "drm-show/frame_stats.hpp"
#include "drm-show/recorder.hpp"
#include "drm-show/recording.hpp"

namespace drmshow {

/// Milliseconds since the clock began.
inline Time at_ms(double ms) {
  return Time{Nanoseconds{static_cast<std::int64_t>(ms * 1e6)}};
}

/// The step of a frame; more can be set in what is returned.
struct Step {
  PresentStep step;
  std::uint64_t frame = 0;
  std::uint8_t slot = 0;
  RenderFence fence = RenderFence::none;
  int errnum = 0;
  std::uint64_t cookie = 0;
  std::uint32_t sequence = 0;
  double shown_ms = 0;
  std::uint64_t by = 0;
  std::uint8_t stream = 0;
  std::uint8_t output = 0;
};

class RecordMaker {
 public:
  RecordMaker() = default;
  ~RecordMaker() = default;
  RecordMaker(RecordMaker&&) = default;  // the records stay where they are
  RecordMaker& operator=(RecordMaker&&) = delete;
  template <class Payload>
  void add(double ms, RecordTag tag, const Payload& payload) {
    add_bytes(ms, tag, std::as_bytes(std::span{&payload, 1}));
  }
  void add_bytes(double ms, RecordTag tag, std::span<const std::byte> payload);
  void text(double ms, RecordTag tag, std::string_view text);
  void step(double ms, const Step& step);
  void stream(double ms, const StreamRecord& payload) { add(ms, RecordTag::stream, payload); }
  void output(double ms, OutputRecord payload, std::string_view name);
  void error(double ms, ErrorRecord payload, std::string_view text);
  void missed(double ms, std::uint64_t frame, std::uint32_t count, MissReason reason,
              std::uint8_t output = 0);

  /// A frame as it should be: acquired, drawn, committed, and shown at `shown_ms`.
  struct Drawn {
    std::uint64_t frame;
    double acquired_ms;
    double draw_ms;
    double shown_ms;
  };
  void frame(const Drawn& drawn);

  const std::vector<Record>& records() const { return records_; }

 private:
  template <class Payload>
  void add_with_text(double ms, RecordTag tag, const Payload& payload, std::string_view text);

  std::deque<std::vector<std::byte>> memory_;
  std::vector<Record> records_;
};

/// DP-1 at 60 Hz, three framebuffers: frames 1 to 12, of which 5 was drawn too slowly.
RecordMaker sample_recording();
/// From the sample.
inline constexpr double sample_period_ms = 1000.0 / 60;

}  // namespace drmshow
