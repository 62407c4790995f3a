// Records as bytes that a fuzzer can change: a tag, a length, a time, and the payload.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "drm-show/recording.hpp"

namespace drmshow::fuzz {

/// Tags from here on are of programs that use the library.
inline constexpr std::uint8_t first_user_tag = 200;
/// A time byte from here on: the time follows, as nanoseconds. Below: milliseconds since the last.
inline constexpr std::uint8_t absolute_time = 200;

/// The payloads lie in `bytes`.
inline std::vector<Record> records_of(std::span<const std::byte> bytes) {
  std::vector<Record> records;
  std::int64_t time = 0;
  while (bytes.size() >= 3) {
    const auto tag = std::to_integer<std::uint8_t>(bytes[0]);
    const auto length = std::to_integer<std::size_t>(bytes[1]);
    const auto when = std::to_integer<std::uint8_t>(bytes[2]);
    bytes = bytes.subspan(3);
    if (when >= absolute_time && bytes.size() >= sizeof time) {
      std::memcpy(&time, bytes.data(), sizeof time);
      bytes = bytes.subspan(sizeof time);
    } else if (__builtin_add_overflow(time, std::int64_t{when} * 1000000, &time)) {
      time = 0;
    }
    Record record;
    record.sequence = records.size() + 1;
    record.time = Time{Nanoseconds{time}};
    record.tag = tag >= first_user_tag ? RecordTag{static_cast<std::uint16_t>(0x8000 + tag)}
                                       : RecordTag{tag};
    record.payload = bytes.first(std::min(length, bytes.size()));
    bytes = bytes.subspan(record.payload.size());
    records.push_back(record);
  }
  return records;
}

}  // namespace drmshow::fuzz
