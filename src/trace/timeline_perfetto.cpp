// Perfetto's trace format: a Trace is TracePackets, most of them TrackEvents on tracks that
// TrackDescriptors describe. Numbers are those of protos/perfetto/trace in Perfetto's sources.
#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "trace/proto_writer.hpp"
#include "trace/timeline_files.hpp"
#include "trace/utf8_text.hpp"

namespace drmshow {
namespace {

constexpr std::uint32_t trace_packet = 1;  // Trace

namespace packet {
constexpr std::uint32_t clock_snapshot = 6;
constexpr std::uint32_t timestamp = 8;
constexpr std::uint32_t sequence_id = 10;
constexpr std::uint32_t track_event = 11;
constexpr std::uint32_t timestamp_clock_id = 58;
constexpr std::uint32_t track_descriptor = 60;
}  // namespace packet

namespace descriptor {
constexpr std::uint32_t uuid = 1;
constexpr std::uint32_t name = 2;
constexpr std::uint32_t parent_uuid = 5;
constexpr std::uint32_t child_ordering = 11;  // 3: by sibling_order_rank
constexpr std::uint32_t sibling_order_rank = 12;
}  // namespace descriptor

namespace track_event {
constexpr std::uint32_t debug_annotations = 4;
constexpr std::uint32_t type = 9;  // 1: a slice begins, 2: it ends, 3: instant
constexpr std::uint32_t track_uuid = 11;
constexpr std::uint32_t categories = 22;
constexpr std::uint32_t name = 23;
constexpr std::uint32_t flow_ids = 47;
}  // namespace track_event

namespace annotation {
constexpr std::uint32_t int_value = 4;
constexpr std::uint32_t string_value = 6;
constexpr std::uint32_t name = 10;
}  // namespace annotation

constexpr std::uint64_t clock_realtime = 1;   // BuiltinClock
constexpr std::uint64_t clock_monotonic = 3;  // likewise
constexpr std::uint64_t our_sequence = 1;

enum class EventType : std::uint64_t { begin = 1, end = 2, instant = 3 };

std::uint64_t timestamp_of(Time time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, time.time_since_epoch().count()));
}

class PerfettoWriter {
 public:
  PerfettoWriter(const Timeline& timeline, const TimelineSink& sink)
      : timeline_{timeline}, sink_{sink} {}
  void write();

 private:
  void put(const ProtoWriter& message);
  void put_clocks();
  void put_group(std::size_t nth);
  void put_track(std::uint64_t uuid, std::uint64_t parent, std::string_view name, std::size_t rank);
  void put_events(const TimelineTrack& track, std::uint64_t uuid);
  void put_event(Time time, EventType type, std::uint64_t track, const TimelineEvent* event);

  const Timeline& timeline_;
  const TimelineSink& sink_;
  std::uint64_t last_uuid_ = 0;
};

void PerfettoWriter::put(const ProtoWriter& message) {
  ProtoWriter trace;
  trace.add(trace_packet, message);
  sink_(trace.bytes());
}

// So that the time of day of everything is known.
void PerfettoWriter::put_clocks() {
  const Time begin = span_of(timeline_).begin;
  const auto clock = [](std::uint64_t id, std::uint64_t time) {
    ProtoWriter made;
    made.add(1, id).add(2, time);
    return made;
  };
  ProtoWriter snapshot;
  snapshot.add(1, clock(clock_monotonic, timestamp_of(begin)))
      .add(1, clock(clock_realtime, timestamp_of(begin + timeline_.realtime_offset)))
      .add(2, clock_monotonic);
  ProtoWriter made;
  made.add(packet::clock_snapshot, snapshot).add(packet::sequence_id, our_sequence);
  put(made);
}

void PerfettoWriter::put_track(std::uint64_t uuid, std::uint64_t parent, std::string_view name,
                               std::size_t rank) {
  ProtoWriter track;
  track.add(descriptor::uuid, uuid).add(descriptor::name, valid_utf8(name));
  if (parent != 0) track.add(descriptor::parent_uuid, parent);
  track.add(descriptor::child_ordering, 3)
      .add(descriptor::sibling_order_rank, static_cast<std::uint64_t>(rank));
  ProtoWriter made;
  made.add(packet::track_descriptor, track).add(packet::sequence_id, our_sequence);
  put(made);
}

void add_arguments(ProtoWriter& message, const std::vector<TimelineArgument>& arguments) {
  for (const TimelineArgument& argument : arguments) {
    ProtoWriter made;
    made.add(annotation::name, argument.name);
    if (const auto* number = std::get_if<std::int64_t>(&argument.value)) {
      made.add_signed(annotation::int_value, *number);
    } else {
      made.add(annotation::string_value, valid_utf8(std::get<std::string>(argument.value)));
    }
    message.add(track_event::debug_annotations, made);
  }
}

// `event` is nullptr where a slice ends: that says no more.
void PerfettoWriter::put_event(Time time, EventType type, std::uint64_t track,
                               const TimelineEvent* event) {
  ProtoWriter made;
  made.add(track_event::type, static_cast<std::uint64_t>(type)).add(track_event::track_uuid, track);
  if (event) {
    made.add(track_event::categories, name(event->look))
        .add(track_event::name, valid_utf8(event->name));
    if (event->flow != 0) made.add_fixed64(track_event::flow_ids, event->flow);
    add_arguments(made, event->arguments);
  }
  ProtoWriter whole;
  whole.add(packet::timestamp, timestamp_of(time))
      .add(packet::timestamp_clock_id, clock_monotonic)
      .add(packet::sequence_id, our_sequence)
      .add(packet::track_event, made);
  put(whole);
}

// Slices are in the order of their times, with instants anywhere between: readers sort by time, and
// keep the order of what has the same.
void PerfettoWriter::put_events(const TimelineTrack& track, std::uint64_t uuid) {
  for (const TimelineEvent& event : track.events()) {
    if (event.kind == TimelineEvent::Kind::instant) {
      put_event(event.begin, EventType::instant, uuid, &event);
      continue;
    }
    put_event(event.begin, EventType::begin, uuid, &event);
    put_event(event.end, EventType::end, uuid, nullptr);
  }
}

void PerfettoWriter::put_group(std::size_t nth) {
  const TimelineGroup& group = timeline_.groups[nth];
  const std::uint64_t group_uuid = ++last_uuid_;
  put_track(group_uuid, 0, group.name, nth);
  for (std::size_t i = 0; i < group.tracks.size(); ++i) {
    const std::uint64_t uuid = ++last_uuid_;
    put_track(uuid, group_uuid, group.tracks[i].name(), i);
    put_events(group.tracks[i], uuid);
  }
}

void PerfettoWriter::write() {
  put_clocks();
  for (std::size_t i = 0; i < timeline_.groups.size(); ++i) put_group(i);
}

}  // namespace

void write_perfetto(const Timeline& timeline, const TimelineSink& sink) {
  PerfettoWriter{timeline, sink}.write();
}

}  // namespace drmshow
