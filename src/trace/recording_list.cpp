#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ring/time_math.hpp"
#include "trace/columns.hpp"
#include "trace/recording_entry.hpp"
#include "trace/times.hpp"

namespace drmshow {
namespace {

const char* state_name(RecordingState state) {
  switch (state) {
    case RecordingState::running:
      return "running";
    case RecordingState::ended:
      return "ended";
    case RecordingState::died:
      return "died";
    case RecordingState::forbidden:
      return "not ours";
    case RecordingState::unreadable:
      return "unreadable";
  }
  return "unknown";
}

bool is_known(const RecordingEntry& entry) {
  return entry.state != RecordingState::forbidden && entry.state != RecordingState::unreadable;
}

// "died 3 min 2 s ago"
std::string state_text(const RecordingEntry& entry, const NowClocks& now) {
  std::string text = state_name(entry.state);
  const bool over = entry.state == RecordingState::died || entry.state == RecordingState::ended;
  if (over && entry.end) {
    const Nanoseconds ago = age_of(*entry.end, now);
    if (ago > Nanoseconds{})
      text += (entry.end->noted ? " " : " at most ") + span_text(ago) + " ago";
  }
  if (entry.state == RecordingState::forbidden) text += fmt::format(" (user {})", entry.owner);
  if (entry.place == RecordingPlace::saved) text += ", saved";
  return text;
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t mib = 1024 * 1024;
  if (bytes >= mib) return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / mib);
  return fmt::format("{} KiB", (bytes + 1023) / 1024);
}

std::vector<std::string> list_row(const RecordingEntry& entry, const NowClocks& now) {
  const std::string pid = entry.pid > 0 ? fmt::to_string(entry.pid) : "-";
  const std::string program =
      entry.version.empty() ? entry.program : entry.program + " " + entry.version;
  const std::string begin =
      is_known(entry) ? wall_text(entry.begin, entry.realtime_offset, WallPlaces::seconds) : "-";
  return {pid,   program.empty() ? "-" : program, state_text(entry, now),
          begin, size_text(entry.bytes),          entry.path};
}

}  // namespace

Nanoseconds since_1970(const RecordingEntry& entry, Time time) {
  return later(time, entry.realtime_offset).time_since_epoch();
}

Nanoseconds age_of(const RecordingEnd& end, const NowClocks& now) {
  const Time then{end.since_boot ? *end.since_boot
                                 : later(end.time, end.realtime_offset).time_since_epoch()};
  const Nanoseconds age = between(then, Time{end.since_boot ? now.since_boot : now.since_1970});
  return std::max(age, Nanoseconds{});
}

std::string list_text(std::span<const RecordingEntry> entries, const NowClocks& now) {
  if (entries.empty()) {
    return "There are no recordings: no drm-show runs that records, and none has died.\n";
  }
  std::vector<std::vector<std::string>> rows{{"PID", "PROGRAM", "STATE", "BEGAN", "SIZE", "FILE"}};
  for (const RecordingEntry& entry : entries) rows.push_back(list_row(entry, now));
  return columns_text(rows, {true, false, false, false, true, false});
}

std::string list_json(std::span<const RecordingEntry> entries) {
  using Json = nlohmann::ordered_json;
  Json all = Json::array();
  for (const RecordingEntry& entry : entries) {
    Json json{{"path", entry.path},
              {"pid", entry.pid},
              {"state", state_name(entry.state)},
              {"saved", entry.place == RecordingPlace::saved},
              {"program", entry.program},
              {"version", entry.version},
              {"bytes", entry.bytes},
              {"owner", entry.owner}};
    if (is_known(entry)) {
      json["begin_realtime_ns"] = since_1970(entry, entry.begin).count();
      json["begin_monotonic_ns"] = entry.begin.time_since_epoch().count();
    }
    if (entry.end) {
      json["end_realtime_ns"] =
          later(entry.end->time, entry.end->realtime_offset).time_since_epoch().count();
      json["end_noted"] = entry.end->noted;
    }
    all.push_back(std::move(json));
  }
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace drmshow
