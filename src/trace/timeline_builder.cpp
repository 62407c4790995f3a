#include "trace/timeline_builder.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace drmshow {
namespace {

constexpr std::uint32_t most_threads = 64;  // as many have tracks of their own; the rest share one
constexpr std::size_t most_settings = 4096;
constexpr Nanoseconds most_delay = std::chrono::seconds{10};  // from being shown to its record

// The tracks of an output, of the events.
constexpr std::uint32_t commit_track = 0;
constexpr std::uint32_t screen_track = 1;
constexpr std::uint32_t seat_track = 0;
constexpr std::uint32_t error_track = 1;
constexpr std::uint32_t note_track = 2;

struct UseLook {
  TimelineLook look;
  std::string_view name;
};
constexpr UseLook use_looks[] = {
    {TimelineLook::event, "free"},      {TimelineLook::drawing, "drawing"},
    {TimelineLook::fence, "let go of"}, {TimelineLook::ready, "ready"},
    {TimelineLook::pending, "pending"}, {TimelineLook::screen, "shown"}};
static_assert(std::size(use_looks) == static_cast<std::size_t>(SlotUse::scanout) + 1);

constexpr std::string_view timeline_causes[] = {"virtual terminal", "DRM master", "sleep"};

std::int64_t number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

std::string frame_text(std::uint64_t frame) {
  return fmt::format("frame {}", frame);
}

}  // namespace

std::uint64_t flow_of(int pid, std::uint8_t stream, std::uint64_t frame) {
  constexpr std::uint64_t frame_mask = (std::uint64_t{1} << 36) - 1;
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(pid) & 0xfffff) << 44 |
         std::uint64_t{stream} << 36 | (frame & frame_mask);
}

TimelineBuilder::TimelineBuilder(const RecordingInfo& info) : info_{info} {
  const std::int64_t begin = info.begin.time_since_epoch().count();
  if (begin < 0 || begin > TimelineTrack::most_time) info_.begin = Time{};
  set_day(info.realtime_offset.count());
  end_ = info_.begin;
}

void TimelineBuilder::set_day(std::int64_t realtime_offset) {
  constexpr std::int64_t most = TimelineTrack::most_time / 2;  // so that sums are possible, too
  info_.realtime_offset = Nanoseconds{std::clamp(realtime_offset, -most, most)};
}

Time TimelineBuilder::sane(Time time) const {
  const std::int64_t count = time.time_since_epoch().count();
  return count < 0 || count > TimelineTrack::most_time ? info_.begin : time;
}

// The kernel's time, if it can be true; else when we heard of it.
Time TimelineBuilder::shown_at(const PresentRecord& step, Time time) const {
  if (step.shown_ns <= 0 || step.shown_ns > TimelineTrack::most_time) return time;
  const Time shown{Nanoseconds{step.shown_ns}};
  const bool near = shown > time - most_delay && shown < time + most_delay;
  return near ? shown : time;
}

TimelineTrack& TimelineBuilder::track(Key key, std::string_view name) {
  const auto found = tracks_.find(key);
  if (found != tracks_.end()) return found->second;
  return tracks_.emplace(key, TimelineTrack{std::string{name}}).first->second;
}

TimelineTrack& TimelineBuilder::screen(std::uint8_t stream, std::uint8_t output) {
  const auto place = static_cast<std::uint32_t>(Place::output);
  return track({place, stream * 256u + output, screen_track}, "screen");
}

TimelineTrack& TimelineBuilder::commits(std::uint8_t stream, std::uint8_t output) {
  const auto place = static_cast<std::uint32_t>(Place::output);
  return track({place, stream * 256u + output, commit_track}, "commits");
}

// Behind those of the slots.
TimelineTrack& TimelineBuilder::fences(std::uint8_t stream, std::uint8_t slot) {
  const auto place = static_cast<std::uint32_t>(Place::ring);
  return track({place, stream, 256u + slot}, fmt::format("fence of slot {}", slot));
}

TimelineTrack& TimelineBuilder::events(std::uint32_t which, std::string_view name) {
  return track({static_cast<std::uint32_t>(Place::events), 0, which}, name);
}

void TimelineBuilder::add(const Record& record) {
  const Time time = sane(record.time);
  end_ = std::max(end_, time);
  switch (record.tag) {
    case RecordTag::stream: {
      const auto stream = record.as<StreamRecord>();
      streams_[stream.stream].ring.begin(stream);
      return;
    }
    case RecordTag::ring: {
      const auto ring = record.as<RingRecord>();
      streams_[ring.stream].ring.set(ring);
      return update_slots(ring.stream, time);
    }
    case RecordTag::output:
      return add_output(record);
    case RecordTag::present:
      return add_present(record.as<PresentRecord>(), time);
    case RecordTag::draw_begin:
    case RecordTag::draw_end:
      return add_draw(record, time);
    case RecordTag::missed:
      return add_missed(record.as<MissedRecord>(), time);
    case RecordTag::seat:
      return add_seat(record.as<SeatRecord>(), time);
    case RecordTag::error:
      return add_error(record, time);
    case RecordTag::clock:
      return set_day(record.as<ClockRecord>().realtime_offset_ns);
    default:
      return add_text(record, time);
  }
}

void TimelineBuilder::add_output(const Record& record) {
  const auto told = record.as<OutputRecord>();
  if (told.output >= RingShadow::outputs) return;
  constexpr std::uint64_t longest_refresh = 10'000'000'000;
  Output& output = streams_[told.stream].outputs[told.output];
  output.name = timeline_text(record.text(told.text_at));
  output.refresh = Nanoseconds{number(std::min(told.refresh_ns, longest_refresh))};
}

void TimelineBuilder::add_draw(const Record& record, Time time) {
  const auto draw = record.as<DrawRecord>();
  const auto place = static_cast<std::uint32_t>(Place::drawing);
  const auto nth = static_cast<std::uint32_t>(threads_.size());
  const bool known = threads_.contains(record.thread) || nth < most_threads;
  const std::uint32_t lane = known ? threads_.emplace(record.thread, nth).first->second : nth;
  TimelineTrack& thread =
      track({place, 0, lane}, known ? fmt::format("thread {}", record.thread) : "other threads");
  if (record.tag == RecordTag::draw_end) return thread.end(time);
  TimelineEvent& slice = thread.begin(time, TimelineLook::drawing, frame_text(draw.frame));
  slice.flow = flow_of(info_.pid, draw.stream, draw.frame);
  slice.arguments = {{"stream", number(draw.stream)}, {"slot", number(draw.slot)}};
}

void TimelineBuilder::add_seat(const SeatRecord& seat, Time time) {
  const auto cause = static_cast<std::size_t>(seat.cause);
  const std::string_view why =
      cause < std::size(timeline_causes) ? timeline_causes[cause] : "unknown";
  TimelineTrack& seats = events(seat_track, "seat");
  if (seat.ours != 0) return seats.end(time);
  seats.begin(time, TimelineLook::away, fmt::format("away ({})", why));
}

void TimelineBuilder::add_error(const Record& record, Time time) {
  const auto error = record.as<ErrorRecord>();
  const std::string text = timeline_text(record.text(error.text_at));
  TimelineEvent& shown = events(error_track, "errors").instant(time, TimelineLook::trouble, text);
  shown.arguments = {{"errno", std::int64_t{error.errnum}}};
}

// Settings are told again and again, for readers who have missed the first time.
void TimelineBuilder::add_text(const Record& record, Time time) {
  std::string text = timeline_text(record.text());
  const bool again = record.tag == RecordTag::setting && settings_.contains(text);
  if (again) return;
  if (record.tag == RecordTag::setting && settings_.size() < most_settings) settings_.insert(text);
  if (record.tag == RecordTag::hotplug) text = "hotplug: " + text;
  const auto tag = static_cast<unsigned>(record.tag);
  const bool ours = record.tag == RecordTag::setting || record.tag == RecordTag::hotplug ||
                    record.tag == RecordTag::note;
  if (!ours) text = fmt::format("record {:#x}, {} bytes", tag, record.payload.size());
  events(note_track, "notes").instant(time, TimelineLook::event, text);
}

// What was shown last may be that frame, or it is told next.
void TimelineBuilder::add_missed(const MissedRecord& missed, Time time) {
  if (missed.output >= RingShadow::outputs) return;
  end_ = std::max(end_, time);
  Output& output = streams_[missed.stream].outputs[missed.output];
  if (output.shown_frame == missed.frame && missed.frame != 0) return put_missed(output, missed);
  output.missed = missed;
}

// A mark at each of the blanks, if it is known when they were.
void TimelineBuilder::put_missed(const Output& output, const MissedRecord& missed) {
  constexpr std::uint32_t most_marks = 16;
  const std::uint32_t known = output.refresh.count() > 0 ? missed.count : 1;
  const std::uint32_t marks = std::min(known, most_marks);
  const std::string text = fmt::format("missed {}: {}", missed.count, miss_text(missed.reason));
  for (std::uint32_t i = marks; i > 0; --i) {
    TimelineEvent& mark =
        screen(missed.stream, missed.output)
            .instant(sane(output.shown - output.refresh * i), TimelineLook::missed, text);
    mark.flow = flow_of(info_.pid, missed.stream, missed.frame);
    mark.arguments = {{"late_frame", number(missed.frame)}, {"blanks", number(missed.count)}};
  }
}

std::string_view miss_text(std::uint8_t reason) {
  constexpr std::string_view texts[] = {"drawn late", "its fence was late", "committed late",
                                        "the kernel was busy", "the display took longer"};
  static_assert(std::size(texts) == miss_reasons);
  return reason < std::size(texts) ? texts[reason] : "not known why";
}

void TimelineBuilder::update_slots(std::uint8_t stream, Time time) {
  Stream& state = streams_[stream];
  for (std::uint32_t i = 0; i < RingShadow::slots; ++i) {
    const SlotUse use = state.ring.use(i);
    const std::uint64_t frame = state.ring.frame(i);
    if (use == state.uses[i] && frame == state.frames[i]) continue;
    state.uses[i] = use;
    state.frames[i] = frame;
    const auto place = static_cast<std::uint32_t>(Place::ring);
    TimelineTrack& slot = track({place, stream, i}, fmt::format("slot {}", i));
    if (use == SlotUse::free) {
      slot.end(time);
      continue;
    }
    const UseLook& look = use_looks[static_cast<std::size_t>(use)];
    slot.begin(time, look.look, fmt::format("{} {}", look.name, frame)).arguments = {
        {"frame", number(frame)}};
  }
}

std::string TimelineBuilder::output_name(std::uint8_t stream, std::uint8_t output) const {
  const auto found = streams_.find(stream);
  const bool named = found != streams_.end() && output < RingShadow::outputs &&
                     !found->second.outputs[output].name.empty();
  return named ? found->second.outputs[output].name : fmt::format("output {}.{}", stream, output);
}

std::string TimelineBuilder::group_name(const Key& key) const {
  const auto output = [&] {
    return output_name(static_cast<std::uint8_t>(key[1] / 256),
                       static_cast<std::uint8_t>(key[1] % 256));
  };
  switch (static_cast<Place>(key[0])) {
    case Place::drawing:
      return "drawing";
    case Place::ring:
      return fmt::format("ring {}", key[1]);
    case Place::output:
      return output();
    case Place::events:
      return "events";
  }
  return {};
}

Timeline TimelineBuilder::finish() {
  Timeline timeline;
  timeline.realtime_offset = info_.realtime_offset;
  const std::string program = fmt::format("{} {}", timeline_text(info_.program), info_.pid);
  std::pair<std::uint32_t, std::uint32_t> last{~0u, ~0u};
  for (auto& [key, made] : tracks_) {
    made.end(end_);
    if (made.events().empty()) continue;
    if (std::pair{key[0], key[1]} != last) {
      timeline.groups.push_back({program + ": " + group_name(key), {}});
    }
    last = {key[0], key[1]};
    timeline.groups.back().tracks.push_back(std::move(made));
  }
  tracks_.clear();
  return timeline;
}

}  // namespace drmshow
