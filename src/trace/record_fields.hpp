// A record taken apart: its name and its fields, for text and for JSON. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "drm-show/recording.hpp"

namespace drmshow {

struct RecordField {
  std::string name;
  std::variant<std::uint64_t, std::int64_t, std::string, Time> value;
  /// What stands for a number in text and, as NAME_name, in JSON; or empty.
  std::string words = {};
};

struct RecordFields {
  std::string event;  ///< "commit", "draw_begin", "tag 77"
  std::vector<RecordField> fields;
};

/// All that is known of it. Text in it is as it was recorded: make it printable.
RecordFields fields_of(const Record& record);

std::string step_name(PresentStep step);
std::string fence_name(RenderFence fence);
/// "drawing", as drm-show --stats-json has it.
std::string miss_reason_name(std::uint8_t reason);
/// "EBUSY", or the number.
std::string errno_name(int errnum);

/// Writes a time of CLOCK_MONOTONIC as text.
using TimeText = std::function<std::string(Time)>;

/// "commit stream=0 output=0 frame=17 slot=2 cookie=18": printable.
std::string record_words(const Record& record, const TimeText& time_text);
/// Likewise as one JSON object in a line. `time` is in nanoseconds of CLOCK_MONOTONIC.
std::string record_json(const Record& record);

}  // namespace drmshow
