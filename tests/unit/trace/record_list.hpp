// Records for tests, made by hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "drm-show/recording.hpp"

namespace drmshow {

/// Each a millisecond after the one before, unless it is said otherwise.
class RecordList {
 public:
  template <class Payload>
  requires std::is_trivially_copyable_v<Payload> Record& add(RecordTag tag, const Payload& payload,
                                                             std::string_view text = {}) {
    auto& bytes = payloads_.emplace_back(sizeof payload + text.size());
    std::memcpy(bytes.data(), &payload, sizeof payload);
    if (!text.empty()) std::memcpy(bytes.data() + sizeof payload, text.data(), text.size());
    return add_bytes(tag, bytes);
  }
  Record& add_text(RecordTag tag, std::string_view text) {
    auto& bytes = payloads_.emplace_back(text.size());
    if (!text.empty()) std::memcpy(bytes.data(), text.data(), text.size());
    return add_bytes(tag, bytes);
  }
  Record& add_bytes(RecordTag tag, std::span<const std::byte> bytes) {
    now += std::chrono::milliseconds{1};
    return records.emplace_back(Record{++sequence_, now, tag, 1, bytes});
  }
  Record& add_step(PresentStep step, std::uint8_t slot, std::uint64_t frame,
                   std::uint64_t cookie = 0, Nanoseconds shown = {}) {
    PresentRecord record{};
    record.step = step;
    record.slot = slot;
    record.frame = frame;
    record.cookie = cookie;
    record.shown_ns = shown.count();
    return add(RecordTag::present, record);
  }

  std::vector<Record> records;
  Time now{std::chrono::seconds{100}};

 private:
  std::deque<std::vector<std::byte>> payloads_;
  std::uint64_t sequence_ = 0;
};

}  // namespace drmshow
