#include "trace/story_builder.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/printable.hpp"
#include "drm-show/frame_stats.hpp"
#include "ring/time_math.hpp"
#include "trace/record_fields.hpp"

namespace drmshow {
namespace {

// Longer ones say that nothing was to be shown for a while.
constexpr Nanoseconds longest_period = std::chrono::seconds{1};

// Outputs that a ring has from the one before it: no real one has more, and what is carried must
// not add up.
constexpr std::uint8_t most_carried = 16;

Nanoseconds median_interval(const Story& story, const StoryOutput& output, std::uint8_t number) {
  std::vector<Nanoseconds> intervals;
  for (std::size_t i = 1; i < output.shown.size(); ++i) {
    const FrameOutput* before = story.frames[output.shown[i - 1]].on(number);
    const FrameOutput* after = story.frames[output.shown[i]].on(number);
    const Nanoseconds span = between(*before->shown, *after->shown);
    if (!after->afresh && span > Nanoseconds{} && span < longest_period) intervals.push_back(span);
  }
  if (intervals.empty()) return {};
  const auto middle = intervals.begin() + static_cast<std::ptrdiff_t>(intervals.size() / 2);
  std::ranges::nth_element(intervals, middle);
  return *middle;
}

bool same_shape(const StoryStream& stream, const StreamRecord& payload) {
  return stream.slots == payload.slots && stream.output_count == payload.outputs &&
         stream.policy == payload.policy && stream.slot_return == payload.slot_return;
}

void apply_shape(const StreamRecord& payload, StoryStream& stream) {
  stream.slots = payload.slots;
  stream.output_count = payload.outputs;
  stream.policy = payload.policy;
  stream.slot_return = payload.slot_return;
}

const char* away_text(std::uint8_t cause) {
  switch (static_cast<SeatCause>(cause)) {
    case SeatCause::vt:
      return "the screen was given away: another virtual terminal";
    case SeatCause::master:
      return "the screen was taken: another program is master";
    case SeatCause::sleep:
      return "the screen was given away: the machine goes to sleep";
  }
  return "the screen was given away";
}

}  // namespace

void StoryBuilder::add(const Record& record) {
  if (story_.records == 0) {
    story_.begin = story_.end = record.time;
    story_.first_sequence = record.sequence;
  }
  ++story_.records;
  story_.begin = std::min(story_.begin, record.time);
  story_.end = std::max(story_.end, record.time);
  switch (record.tag) {
    case RecordTag::setting:
      return add_setting(record);
    case RecordTag::stream:
      return add_stream(record.as<StreamRecord>());
    case RecordTag::output:
      return add_output(record);
    case RecordTag::ring:
      return add_ring(record.as<RingRecord>());
    case RecordTag::present:
      return add_step(record.as<PresentRecord>(), record.time);
    case RecordTag::draw_begin:
    case RecordTag::draw_end:
      return add_draw(record);
    case RecordTag::missed:
      return add_missed(record.as<MissedRecord>());
    case RecordTag::seat:
      return add_seat(record.as<SeatRecord>(), record.time);
    case RecordTag::hotplug:
      return add_event(StoryEvent::Kind::hotplug, record.time, printable(record.text()));
    case RecordTag::error:
      return add_error(record);
    case RecordTag::note:
      return add_event(StoryEvent::Kind::note, record.time, printable(record.text()));
    case RecordTag::clock:
      return story_.clocks.push_back(clock_note(record));
    default:
      return;  // of somebody else, or newer than we are
  }
}

// Frames come onto an output in order, but records of several threads may change places.
Story StoryBuilder::finish() {
  std::ranges::stable_sort(story_.clocks, {}, &ClockNote::time);
  for (StoryStream& stream : story_.streams) {
    for (auto& [number, output] : stream.outputs) {
      const auto shown_at = [&, place = number](std::size_t frame) {
        return *story_.frames[frame].on(place)->shown;
      };
      std::ranges::stable_sort(output.shown, {}, shown_at);
      output.period =
          output.refresh > Nanoseconds{} ? output.refresh : median_interval(story_, output, number);
    }
  }
  return std::move(story_);
}

std::size_t StoryBuilder::begin_stream(std::uint8_t number) {
  story_.streams.push_back({});
  story_.streams.back().number = number;
  return story_.streams.size() - 1;
}

StoryBuilder::CurrentStream& StoryBuilder::current(std::uint8_t number) {
  const auto found = current_.find(number);
  if (found != current_.end()) return found->second;
  return current_[number] = {begin_stream(number), false};
}

// Another ring has the number now; what is known of its outputs is what the last one said, until
// something else is said.
void StoryBuilder::begin_again(std::uint8_t number) {
  const StoryStream before = story_.streams[current(number).index];
  current_[number] = {begin_stream(number), false};
  StoryStream& stream = story_.streams.back();
  stream = before;
  stream.from_begin = true;
  stream.last_number = 0;
  stream.outputs.erase(stream.outputs.lower_bound(most_carried), stream.outputs.end());
  for (auto& [ignored, output] : stream.outputs) output.shown.clear();
}

FrameStory& StoryBuilder::frame(std::uint8_t stream, std::uint64_t number, std::uint8_t slot) {
  const std::size_t index = current(stream).index;
  const auto [found, is_new] = frames_.try_emplace({index, number}, story_.frames.size());
  if (is_new) {
    story_.frames.push_back({});
    FrameStory& frame = story_.frames.back();
    frame.stream = index;
    frame.number = number;
    frame.slot = slot;
    story_.streams[index].last_number = std::max(story_.streams[index].last_number, number);
  }
  return story_.frames[found->second];
}

StoryOutput& StoryBuilder::output(std::uint8_t stream, std::uint8_t output) {
  return story_.streams[current(stream).index].outputs[output];
}

std::string StoryBuilder::output_name(std::uint8_t stream, std::uint8_t output) {
  return story_.output_name(current(stream).index, output);
}

FrameOutput& StoryBuilder::frame_output(const PresentRecord& step) {
  output(step.stream, step.output);
  auto& outputs = frame(step.stream, step.frame, step.slot).outputs;
  const auto found = std::ranges::find(outputs, step.output, &FrameOutput::output);
  if (found != outputs.end()) return *found;
  outputs.push_back({});
  outputs.back().output = step.output;
  return outputs.back();
}

void StoryBuilder::add_setting(const Record& record) {
  const std::string text = printable(record.text());
  const std::size_t end = text.find('=');
  story_.settings[text.substr(0, end)] = end == std::string::npos ? "" : text.substr(end + 1);
}

// It may be said again, for those who have not seen its first one.
void StoryBuilder::add_stream(const StreamRecord& payload) {
  const auto found = current_.find(payload.stream);
  const bool known = found != current_.end();
  if (known) {
    StoryStream& stream = story_.streams[found->second.index];
    found->second.may_begin = true;
    if (stream.slots == 0 || same_shape(stream, payload)) return apply_shape(payload, stream);
  }
  current_[payload.stream] = {begin_stream(payload.stream), false};
  story_.streams.back().from_begin = true;
  apply_shape(payload, story_.streams.back());
}

void StoryBuilder::add_output(const Record& record) {
  const auto payload = record.as<OutputRecord>();
  const std::string name = printable(record.text(payload.text_at));
  const CurrentStream& stream = current(payload.stream);
  const auto& known = story_.streams[stream.index].outputs;
  const auto found = known.find(payload.output);
  const bool other = found != known.end() && !found->second.name.empty() &&
                     (found->second.name != name || found->second.crtc != payload.crtc);
  if (other && stream.may_begin) begin_again(payload.stream);
  StoryOutput& described = output(payload.stream, payload.output);
  described.name = name;
  described.crtc = payload.crtc;
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  described.refresh = Nanoseconds{static_cast<std::int64_t>(std::min(payload.refresh_ns, most))};
}

// Who has only this knows what the ring has had so far.
void StoryBuilder::add_ring(const RingRecord& payload) {
  StoryStream& stream = story_.streams[current(payload.stream).index];
  stream.last_number = std::max(stream.last_number, payload.last_number);
}

void StoryBuilder::add_draw(const Record& record) {
  const auto payload = record.as<DrawRecord>();
  FrameStory& drawn = frame(payload.stream, payload.frame, payload.slot);
  if (record.tag == RecordTag::draw_begin) {
    drawn.draw_begin = record.time;
  } else {
    drawn.draw_end = record.time;
    drawn.by_gpu = payload.by_gpu != 0;
  }
}

void StoryBuilder::add_missed(const MissedRecord& payload) {
  PresentRecord step{};
  step.stream = payload.stream;
  step.output = payload.output;
  step.frame = payload.frame;
  FrameOutput& late = frame_output(step);
  late.missed += payload.count;
  late.reason = payload.reason;
}

void StoryBuilder::add_seat(const SeatRecord& payload, Time time) {
  add_event(StoryEvent::Kind::seat, time,
            payload.ours != 0 ? "the screen is ours again" : away_text(payload.cause));
}

void StoryBuilder::add_error(const Record& record) {
  const auto payload = record.as<ErrorRecord>();
  std::string text = printable(record.text(payload.text_at));
  const std::string name = errno_name(payload.errnum);
  if (payload.errnum != 0 && text.find(name) == std::string::npos) text += " (" + name + ")";
  add_event(StoryEvent::Kind::error, record.time, std::move(text));
}

void StoryBuilder::add_event(StoryEvent::Kind kind, Time time, std::string text) {
  story_.events.push_back({time, kind, std::move(text)});
}

}  // namespace drmshow
