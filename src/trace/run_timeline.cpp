#include "trace/run_timeline.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "trace/kernel_match.hpp"
#include "trace/timeline_builder.hpp"
#include "trace/timeline_kernel.hpp"

namespace drmshow {
namespace {

constexpr std::string_view libwayland = "compositor's protocol";

TimelineTrack lines_track(std::string name, std::span<const SaidLine> lines) {
  TimelineTrack track{std::move(name)};
  for (const SaidLine& line : lines) {
    track.instant(line.time, TimelineLook::said, timeline_text(line.text));
  }
  return track;
}

TimelineGroup protocol_group(std::span<const ProtocolMessage> messages) {
  TimelineTrack requests{"requests"};
  TimelineTrack events{"events"};
  for (const ProtocolMessage& message : messages) {
    TimelineTrack& track = message.request ? requests : events;
    const std::string text = timeline_text(message.text);
    TimelineEvent& mark =
        track.instant(message.time, TimelineLook::protocol, text.substr(0, text.find('(')));
    mark.arguments = {{"message", text}};
  }
  TimelineGroup group{std::string{libwayland}, {}};
  for (TimelineTrack* track : {&requests, &events}) {
    if (!track->events().empty()) group.tracks.push_back(std::move(*track));
  }
  return group;
}

void add_group(Timeline& timeline, TimelineGroup group) {
  std::erase_if(group.tracks, [](const auto& track) { return track.events().empty(); });
  if (!group.tracks.empty()) timeline.groups.push_back(std::move(group));
}

class RunStoryTeller {
 public:
  RunStoryTeller(RunCapture& capture, RunStory& story) : capture_{capture}, story_{story} {}
  void tell();

 private:
  void add_recordings();
  void add_recording(const RunRecordings::Followed& followed);
  void match(const TimelineBuilder& builder, const RecordingInfo& info);
  void add_kernel();
  void add_protocol();
  void add_output();
  void note_lost(std::uint64_t count, const char* what);
  void note(std::string text) { story_.notes.push_back(std::move(text)); }

  RunCapture& capture_;
  RunStory& story_;
  std::map<std::size_t, std::uint64_t> flow_of_event_;
};

void RunStoryTeller::match(const TimelineBuilder& builder, const RecordingInfo& info) {
  const auto& flips = builder.flips();
  if (flips.empty() || capture_.tracepoints.empty()) return;
  const FlipMatches matches = match_flips(flips, capture_.events);
  for (std::size_t i = 0; i < flips.size(); ++i) {
    if (!matches.event_of[i]) continue;
    flow_of_event_[*matches.event_of[i]] = flow_of(info.pid, flips[i].stream, flips[i].frame);
  }
  note(match_text(matches));
  for (const auto& [output, crtc] : matches.crtc_of) {
    note(fmt::format("{} is CRTC {} of the kernel's events",
                     builder.output_name(output.first, output.second), crtc));
  }
}

void RunStoryTeller::add_recording(const RunRecordings::Followed& followed) {
  const RecordingInfo& info = followed.file.info();
  TimelineBuilder builder{info};
  std::size_t records = 0;
  for (const RecordBatch& batch : followed.batches) {
    for (const Record& record : batch.records) builder.add(record);
    records += batch.records.size();
  }
  Timeline made = builder.finish();
  story_.timeline.realtime_offset = made.realtime_offset;
  auto& groups = story_.timeline.groups;
  groups.insert(groups.end(), std::make_move_iterator(made.groups.begin()),
                std::make_move_iterator(made.groups.end()));
  std::string text =
      fmt::format("{} {}: {} records", timeline_text(info.program), info.pid, records);
  if (followed.missed > 0)
    text +=
        fmt::format(", and {} cells that were overwritten before they were read", followed.missed);
  note(std::move(text));
  if (!followed.fault.empty()) note(timeline_text(followed.fault));
  match(builder, info);
}

void RunStoryTeller::add_recordings() {
  if (capture_.recordings) {
    for (const auto& followed : capture_.recordings->files()) add_recording(followed);
    if (capture_.recordings->full())
      note("the end is missing: as much is kept as half a GiB of records");
  }
  if (story_.notes.empty())
    note("the program has recorded nothing: is it drm-show, and without --record off?");
}

void RunStoryTeller::note_lost(std::uint64_t count, const char* what) {
  if (count > 0) note(fmt::format("the last {} {} are left out: there were too many", count, what));
}

void RunStoryTeller::add_kernel() {
  if (!capture_.no_kernel.empty()) note("without the kernel's events: " + capture_.no_kernel);
  if (capture_.tracepoints.empty()) return;
  note(fmt::format("{} of the kernel's events ({})", capture_.events.size(), capture_.tracepoints));
  if (capture_.lost_events > 0)
    note(fmt::format("{} of the kernel's events were lost", capture_.lost_events));
  add_group(story_.timeline, kernel_group(capture_.events, flow_of_event_));
}

void RunStoryTeller::add_protocol() {
  auto& messages = capture_.messages.items();
  if (messages.empty()) return;
  const ProtocolClock clock = date_messages(messages, story_.timeline.realtime_offset);
  note(fmt::format("{} messages of the compositor's protocol: {}", messages.size(),
                   clock_text(clock)));
  note_lost(capture_.messages.lost(), "messages of the compositor's protocol");
  add_group(story_.timeline, protocol_group(messages));
}

void RunStoryTeller::add_output() {
  note_lost(capture_.out.lost(), "lines of its stdout");
  note_lost(capture_.err.lost(), "lines of its stderr");
  TimelineGroup group{"output", {}};
  group.tracks.push_back(lines_track("stdout", capture_.out.items()));
  group.tracks.push_back(lines_track("stderr", capture_.err.items()));
  add_group(story_.timeline, std::move(group));
}

void RunStoryTeller::tell() {
  add_recordings();
  add_kernel();
  add_protocol();
  add_output();
}

}  // namespace

RunStory story_of_run(RunCapture& capture, Nanoseconds realtime_offset) {
  RunStory story;
  story.timeline.realtime_offset = realtime_offset;
  RunStoryTeller{capture, story}.tell();
  return story;
}

}  // namespace drmshow
