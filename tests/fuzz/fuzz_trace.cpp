// What drm-trace makes of records that say anything, in any order.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "drm-show/error.hpp"
#include "trace/dump.hpp"
#include "trace/story.hpp"
#include "trace/summary.hpp"
#include "trace/timeline_around.hpp"
#include "trace/timeline_builder.hpp"
#include "trace/timeline_files.hpp"
#include "trace/why.hpp"
#include "trace_records.hpp"

namespace {

using namespace drmshow;

// JSON may have any text in it but controls; what people read has nothing but ASCII.
void check_text(const std::string& text) {
  if (text.empty() || text.back() != '\n') std::abort();
  const bool clean =
      std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
  if (!clean) std::abort();
}

void check_json(const std::string& text) {
  if (text.empty() ||
      std::ranges::any_of(text, [](char c) { return c >= 0 && c < ' ' && c != '\n'; }))
    std::abort();
}

void check_story(const Story& story, std::size_t records) {
  if (story.records != records || story.frames.size() > records) std::abort();
  for (const FrameStory& frame : story.frames) {
    if (frame.stream >= story.streams.size()) std::abort();
    for (const FrameOutput& on : frame.outputs) {
      if (on.fate == FrameOutput::Fate::shown && !on.shown) std::abort();
    }
  }
  for (const StoryStream& stream : story.streams) {
    for (const auto& [number, output] : stream.outputs) {
      for (const std::size_t i : output.shown) {
        if (!story.frames.at(i).on(number)->shown) std::abort();
      }
    }
  }
}

void check_frames(const Story& story, const RecordingInfo& info) {
  constexpr std::size_t most = 2;  // each looks through all of them
  for (std::size_t i = 0; i < std::min(story.frames.size(), most); ++i) {
    check_text(why_text(story, i, info));
    check_json(why_json(story, i));
  }
  for (const char* word : {"last", "missed", "1"}) {
    try {
      check_text(why_text(story, choose_frame(story, word), info));
    } catch (const Error&) {
    }
  }
}

// Slices of a track follow each other, and one of the files can be written.
void check_timeline(std::span<const Record> records, const RecordingInfo& info) {
  TimelineBuilder builder{info};
  for (const Record& record : records) builder.add(record);
  const Timeline timeline = builder.finish();
  for (const TimelineGroup& group : timeline.groups) {
    for (const TimelineTrack& track : group.tracks) {
      Time last{};
      for (const TimelineEvent& event : track.events()) {
        if (event.kind != TimelineEvent::Kind::slice) continue;
        if (event.begin < last || event.end < event.begin) std::abort();
        last = event.end;
      }
    }
  }
  const auto format = static_cast<TimelineFormat>(records.size() % 3);
  std::string text;
  write_timeline(timeline, format, [&](std::string_view piece) { text += piece; });
  if (text.empty()) std::abort();
  if (format == TimelineFormat::json) check_json(text);
  static_cast<void>(span_around(timeline, "missed", info.pid));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<Record> records = fuzz::records_of(std::as_bytes(std::span{data, size}));
  RecordingInfo info;
  info.pid = 1;
  info.program = "\x1b[31m";
  // Of the first record, so that both ends of time come up here as well.
  if (!records.empty()) info.begin = records.front().time;
  if (!records.empty()) info.realtime_offset = records.back().time.time_since_epoch();
  const Story story = tell_story(records);
  check_story(story, records.size());
  const Summary summary = summarise(story);
  check_text(summary_text(summary, story, info, false));
  check_json(summary_json(summary, story, info, true));
  check_frames(story, info);
  const DumpClock by{static_cast<TraceClock>(records.size() % 3), info.begin,
                     DayClock{info, records}};
  for (const Record& record : records) check_text(dump_line(record, by));
  check_timeline(records, info);
  if (!records.empty()) check_json(dump_lines(records, {}, TraceFormat::json));
  return 0;
}
