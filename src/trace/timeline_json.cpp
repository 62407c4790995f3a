// Chrome's trace event format: an object with an array of events. Groups are its processes and
// tracks their threads, which is how its viewers show tracks that are neither.
#include <cstddef>
#include <string>
#include <unordered_map>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "trace/timeline_files.hpp"

namespace drmshow {
namespace {

std::string json_quoted(std::string_view text) {
  using nlohmann::json;
  return json(text).dump(-1, ' ', true, json::error_handler_t::replace);
}

// Microseconds, to the nanosecond.
std::string microseconds(Nanoseconds time) {
  const std::int64_t count = time.count();
  const std::int64_t size = count < 0 ? -count : count;
  return fmt::format("{}{}.{:03}", count < 0 ? "-" : "", size / 1000, size % 1000);
}

std::string argument_members(const TimelineEvent& event) {
  std::string members;
  for (const TimelineArgument& argument : event.arguments) {
    if (!members.empty()) members += ',';
    members += json_quoted(argument.name) + ':';
    if (const auto* number = std::get_if<std::int64_t>(&argument.value)) {
      members += std::to_string(*number);
    } else {
      members += json_quoted(std::get<std::string>(argument.value));
    }
  }
  return members;
}

class ChromeWriter {
 public:
  ChromeWriter(const Timeline& timeline, const TimelineSink& sink)
      : timeline_{timeline}, sink_{sink} {}
  void write();

 private:
  void put(const std::string& members);
  void put_name(std::string_view what, std::size_t group, std::size_t track, std::string_view name);
  void put_group(std::size_t nth);
  void put_event(const TimelineEvent& event, const std::string& place);
  void put_flow(const TimelineEvent& event, const std::string& place);
  void count_flows();

  const Timeline& timeline_;
  const TimelineSink& sink_;
  bool first_ = true;
  /// Of each flow: when its first and its last slice begin, of those that are not alone.
  struct Ends {
    const TimelineEvent* first = nullptr;
    const TimelineEvent* last = nullptr;
  };
  std::unordered_map<std::uint64_t, Ends> flows_;
};

void ChromeWriter::put(const std::string& members) {
  sink_((first_ ? "\n{" : ",\n{") + members + "}");
  first_ = false;
}

void ChromeWriter::put_name(std::string_view what, std::size_t group, std::size_t track,
                            std::string_view name) {
  const std::string place = fmt::format(R"("pid":{},"tid":{})", group, track);
  put(fmt::format(R"("ph":"M","name":"{}_name",{},"args":{{"name":{}}})", what, place,
                  json_quoted(name)));
  put(fmt::format(R"("ph":"M","name":"{}_sort_index",{},"args":{{"sort_index":{}}})", what, place,
                  what == "process" ? group : track));
}

// Arrows are between slices only.
void ChromeWriter::count_flows() {
  for (const TimelineGroup& group : timeline_.groups) {
    for (const TimelineTrack& track : group.tracks) {
      for (const TimelineEvent& event : track.events()) {
        if (event.flow == 0 || event.kind != TimelineEvent::Kind::slice) continue;
        Ends& ends = flows_[event.flow];
        if (!ends.first || event.begin < ends.first->begin) ends.first = &event;
        if (!ends.last || event.begin >= ends.last->begin) ends.last = &event;
      }
    }
  }
}

void ChromeWriter::put_flow(const TimelineEvent& event, const std::string& place) {
  const auto found = flows_.find(event.flow);
  if (found == flows_.end() || found->second.first == found->second.last) return;
  const char* phase = &event == found->second.first  ? R"("ph":"s")"
                      : &event == found->second.last ? R"("ph":"f","bp":"e")"
                                                     : R"("ph":"t")";
  put(fmt::format(R"({},"cat":"frame","name":"frame","id":{},{},"ts":{})", phase, event.flow, place,
                  microseconds(event.begin.time_since_epoch())));
}

void ChromeWriter::put_event(const TimelineEvent& event, const std::string& place) {
  const bool slice = event.kind == TimelineEvent::Kind::slice;
  const std::string phase =
      slice ? fmt::format(R"("ph":"X","dur":{})", microseconds(event.end - event.begin))
            : R"("ph":"i","s":"t")";
  put(fmt::format(R"({},"cat":"{}","name":{},{},"ts":{},"args":{{{}}})", phase, name(event.look),
                  json_quoted(event.name), place, microseconds(event.begin.time_since_epoch()),
                  argument_members(event)));
  if (slice && event.flow != 0) put_flow(event, place);
}

void ChromeWriter::put_group(std::size_t nth) {
  const TimelineGroup& group = timeline_.groups[nth];
  const std::size_t number = nth + 1;
  put_name("process", number, 0, group.name);
  for (std::size_t i = 0; i < group.tracks.size(); ++i) {
    put_name("thread", number, i + 1, group.tracks[i].name());
    const std::string place = fmt::format(R"("pid":{},"tid":{})", number, i + 1);
    for (const TimelineEvent& event : group.tracks[i].events()) put_event(event, place);
  }
}

void ChromeWriter::write() {
  count_flows();
  sink_(fmt::format(R"({{"displayTimeUnit":"ms","otherData":{{"clock":"CLOCK_MONOTONIC",)"
                    R"("realtime_offset_ns":"{}"}},"traceEvents":[)",
                    timeline_.realtime_offset.count()));
  for (std::size_t i = 0; i < timeline_.groups.size(); ++i) put_group(i);
  sink_("\n]}\n");
}

}  // namespace

void write_chrome_json(const Timeline& timeline, const TimelineSink& sink) {
  ChromeWriter{timeline, sink}.write();
}

}  // namespace drmshow
