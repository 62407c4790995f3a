// From records to tracks.
#include "trace/timeline_builder.hpp"

#include <algorithm>
#include <random>
#include <string>

#include <gmock/gmock.h>

#include "record_list.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr Time start{100s};

RecordingInfo wall() {
  RecordingInfo info;
  info.pid = 7;
  info.program = "wall";
  info.begin = start;
  return info;
}

Timeline built(const RecordList& list) {
  TimelineBuilder builder{wall()};
  for (const Record& record : list.records) builder.add(record);
  return builder.finish();
}

const TimelineTrack& track_of(const Timeline& timeline, std::string_view group,
                              std::string_view track) {
  for (const TimelineGroup& each : timeline.groups) {
    if (each.name != group) continue;
    for (const TimelineTrack& inner : each.tracks) {
      if (inner.name() == track) return inner;
    }
  }
  static const TimelineTrack none{"none"};
  ADD_FAILURE() << "no track " << track << " of " << group;
  return none;
}

// "frame 1 2-5", in milliseconds.
std::vector<std::string> told(const TimelineTrack& track) {
  std::vector<std::string> texts;
  const auto millis = [](Time time) { return std::to_string((time - start) / 1ms); };
  for (const TimelineEvent& event : track.events()) {
    std::string text = event.name + " " + millis(event.begin);
    if (event.kind == TimelineEvent::Kind::slice) text += "-" + millis(event.end);
    texts.push_back(text);
  }
  return texts;
}

void add_wall(RecordList& list) {
  list.add(RecordTag::stream, StreamRecord{0, 3, 1, RingPolicy::fifo, SlotReturn::flip});  // at 1
  list.add(RecordTag::output, OutputRecord{sizeof(OutputRecord), 0, 0, 40, 2'000'000}, "HDMI-A-1");
}

// Frame 1 in slot 0 by a modeset, frame 2 in slot 1 by a flip that the kernel dates to 13 ms.
RecordList two_frames() {
  RecordList list;
  add_wall(list);
  list.add_step(PresentStep::acquire, 0, 1);  // at 3 ms
  list.add(RecordTag::draw_begin, DrawRecord{0, 0, 0, 0, 0, 1});
  list.add(RecordTag::draw_end, DrawRecord{0, 0, 0, 0, 0, 1});
  list.add_step(PresentStep::submit, 0, 1);      // 6
  list.add_step(PresentStep::modeset, 0, 1, 1);  // 7
  list.add_step(PresentStep::acquire, 1, 2);     // 8
  list.add_step(PresentStep::submit, 1, 2);      // 9
  list.add_step(PresentStep::commit, 1, 2, 2);   // 10
  list.now = Time{100s + 13ms};
  list.add_step(PresentStep::flip, 1, 2, 2, 100s + 13ms);  // noticed at 14
  list.add_text(RecordTag::note, "that was all");
  return list;
}

TEST(TimelineOfRecords, TheScreenShowsEachFrameByTheKernelsTime) {
  const Timeline timeline = built(two_frames());
  EXPECT_THAT(told(track_of(timeline, "wall 7: HDMI-A-1", "screen")),
              ElementsAre("frame 1 7-13", "frame 2 13-15"));
}

TEST(TimelineOfRecords, ACommitLastsUntilItsFlip) {
  const Timeline timeline = built(two_frames());
  EXPECT_THAT(told(track_of(timeline, "wall 7: HDMI-A-1", "commits")),
              ElementsAre("frame 2 10-13"));
}

TEST(TimelineOfRecords, ASlotGoesRound) {
  const Timeline timeline = built(two_frames());
  EXPECT_THAT(told(track_of(timeline, "wall 7: ring 0", "slot 0")),
              ElementsAre("drawing 1 3-6", "ready 1 6-7", "shown 1 7-13"));
  EXPECT_THAT(told(track_of(timeline, "wall 7: ring 0", "slot 1")),
              ElementsAre("drawing 2 8-9", "ready 2 9-10", "pending 2 10-13", "shown 2 13-15"));
}

TEST(TimelineOfRecords, DrawingIsOfItsThread) {
  const Timeline timeline = built(two_frames());
  EXPECT_THAT(told(track_of(timeline, "wall 7: drawing", "thread 1")), ElementsAre("frame 1 4-5"));
}

TEST(TimelineOfRecords, AFrameIsOneFlow) {
  const Timeline timeline = built(two_frames());
  const auto& drawn = track_of(timeline, "wall 7: drawing", "thread 1").events().at(0);
  const auto& shown = track_of(timeline, "wall 7: HDMI-A-1", "screen").events();
  EXPECT_NE(drawn.flow, 0u);
  EXPECT_EQ(drawn.flow, shown.at(0).flow);
  EXPECT_NE(drawn.flow, shown.at(1).flow);
}

TEST(TimelineOfRecords, FencesLastUntilTheySignal) {
  RecordList list;
  PresentRecord submit{};
  submit.step = PresentStep::submit;
  submit.fence = RenderFence::gated;
  submit.frame = 5;
  list.add(RecordTag::present, submit);
  list.add_step(PresentStep::expire, 0, 5);
  list.add_step(PresentStep::signal, 0, 5);
  const Timeline timeline = built(list);
  EXPECT_THAT(told(track_of(timeline, "wall 7: ring 0", "fence of slot 0")),
              ElementsAre("frame 5 1-2", "given up: too late 2"));
  EXPECT_THAT(told(track_of(timeline, "wall 7: ring 0", "slot 0")),
              ElementsAre("ready 5 1-2", "let go of 5 2-3"));
}

// Two blanks, 2 ms apart, before the late frame came at 13 ms; told before and after its flip.
TEST(TimelineOfRecords, MissedBlanksAreWhereTheyWere) {
  for (const bool told_before : {true, false}) {
    RecordList list;
    add_wall(list);
    const MissedRecord missed{0, 0, 0, 0, 2, 9};
    if (told_before) list.add(RecordTag::missed, missed);
    list.now = Time{100s + 13ms};
    list.add_step(PresentStep::flip, 1, 9, 2, 100s + 13ms);
    if (!told_before) list.add(RecordTag::missed, missed);
    const Timeline timeline = built(list);
    auto shown = told(track_of(timeline, "wall 7: HDMI-A-1", "screen"));
    EXPECT_THAT(shown, testing::IsSupersetOf({"missed 2: drawn late 9", "missed 2: drawn late 11"}))
        << told_before;
    EXPECT_EQ(shown.size(), 3u);
  }
}

TEST(TimelineOfRecords, TimesThatCannotBeTrueAreNotBelieved) {
  RecordList list;
  list.add_step(PresentStep::flip, 0, 1, 1, 100s + 60s);
  list.add_step(PresentStep::flip, 0, 2, 2, Nanoseconds::max());
  list.add_step(PresentStep::flip, 0, 3, 3, Nanoseconds::min());
  list.records.emplace_back(list.records.back()).time = Time::max();
  list.records.emplace_back(list.records.back()).time = Time::min();
  const TimelineSpan span = span_of(built(list));
  EXPECT_GE(span.begin, start);
  EXPECT_LE(span.end, start + 5ms);
}

TEST(TimelineOfRecords, WhoIsAwayIsAway) {
  RecordList list;
  list.add(RecordTag::seat, SeatRecord{0, static_cast<std::uint8_t>(SeatCause::vt)});
  list.add(RecordTag::seat, SeatRecord{1, static_cast<std::uint8_t>(SeatCause::vt)});
  list.add(RecordTag::seat, SeatRecord{0, 200});
  list.add(RecordTag::error, ErrorRecord{sizeof(ErrorRecord), 1, EBUSY}, "card0:\x1b odd");
  const Timeline timeline = built(list);
  EXPECT_THAT(told(track_of(timeline, "wall 7: events", "seat")),
              ElementsAre("away (virtual terminal) 1-2", "away (unknown) 3-4"));
  EXPECT_THAT(told(track_of(timeline, "wall 7: events", "errors")), ElementsAre("card0:  odd 4"));
}

// A recording says now and then what everything is like, for who begins to read there.
TEST(TimelineOfRecords, WhatIsToldAgainIsThereOnce) {
  RecordList list = two_frames();
  RingRecord ring{};
  ring.slots[0] = {3, 0, 1, RenderFence::none, {}};
  ring.slots[1] = {2, 0, 0, RenderFence::none, {}};
  ring.outputs[0].pending = 0xff;
  ring.outputs[0].scanout = 1;
  list.add_text(RecordTag::setting, "pattern=bounce");
  list.add_step(PresentStep::acquire, 0, 3);  // at 17 ms
  add_wall(list);
  list.add(RecordTag::ring, ring);
  list.add_text(RecordTag::setting, "pattern=bounce");
  const Timeline timeline = built(list);
  EXPECT_THAT(told(track_of(timeline, "wall 7: ring 0", "slot 1")).back(), "shown 2 13-21");
  EXPECT_THAT(told(track_of(timeline, "wall 7: ring 0", "slot 0")).back(), "drawing 3 17-21");
  EXPECT_THAT(told(track_of(timeline, "wall 7: events", "notes")),
              ElementsAre("that was all 15", "pattern=bounce 16"));
}

TEST(TimelineOfRecords, WhoBeginsInTheMiddleSeesTheRingAsItIs) {
  RecordList list;
  add_wall(list);
  RingRecord ring{};
  ring.slots[2] = {9, 1, 0, RenderFence::none, {}};
  ring.outputs[0].pending = 0xff;
  ring.outputs[0].scanout = 0xff;
  list.add(RecordTag::ring, ring);
  list.add_step(PresentStep::commit, 2, 9, 4);
  const Timeline timeline = built(list);
  EXPECT_THAT(told(track_of(timeline, "wall 7: ring 0", "slot 2")),
              ElementsAre("ready 9 3-4", "pending 9 4-4"));
  EXPECT_EQ(timeline.groups.at(0).tracks.size(), 1u) << "nothing of the other slots";
}

// That it had left the screen was overwritten.
TEST(TimelineOfRecords, WhatIsDrawnIntoIsNotShown) {
  RecordList list;
  list.add_step(PresentStep::flip, 0, 1);
  list.add_step(PresentStep::acquire, 0, 4);
  EXPECT_THAT(told(track_of(built(list), "wall 7: ring 0", "slot 0")),
              ElementsAre("shown 1 1-2", "drawing 4 2-2"));
}

// Whatever is in a recording: slices of a track follow each other, and times are possible.
void expect_sound(const Timeline& timeline) {
  std::size_t tracks = 0;
  for (const TimelineGroup& group : timeline.groups) {
    for (const TimelineTrack& track : group.tracks) {
      ++tracks;
      Time last{};
      for (const TimelineEvent& event : track.events()) {
        ASSERT_GE(event.begin, Time{});
        ASSERT_LE(event.end.time_since_epoch().count(), TimelineTrack::most_time);
        if (event.kind != TimelineEvent::Kind::slice) continue;
        ASSERT_GE(event.begin, last) << group.name << track.name();
        ASSERT_GE(event.end, event.begin);
        last = event.end;
      }
    }
  }
  EXPECT_LT(tracks, 20000u);
}

TEST(TimelineOfRecords, AnythingCanBeRead) {
  std::mt19937_64 random{4};
  for (int round = 0; round < 20; ++round) {
    RecordList list;
    for (int i = 0; i < 3000; ++i) {
      std::array<std::uint64_t, 96> bytes;
      // Few bits: fields often have values that mean something.
      for (auto& word : bytes) word = random() & random() & random() & random();
      const auto tag = static_cast<RecordTag>(random() % 14);
      const std::size_t size = random() % sizeof bytes;
      Record& made = list.add_text(tag, {reinterpret_cast<const char*>(bytes.data()), size});
      made.thread = static_cast<std::uint32_t>(random());
      if (random() % 4 == 0) made.time = Time{Nanoseconds{static_cast<std::int64_t>(random())}};
    }
    expect_sound(built(list));
  }
}

TEST(TimelineOfRecords, ATrackMendsTimesThatRunBackwards) {
  TimelineTrack track{"odd"};
  track.begin(start + 5ms, TimelineLook::drawing, "a");
  track.end(start + 3ms);
  track.begin(start + 1ms, TimelineLook::drawing, "b");
  track.begin(start + 9ms, TimelineLook::drawing, "c");
  track.end(start + 10ms);
  track.end(start + 12ms);
  EXPECT_THAT(told(track), ElementsAre("a 5-5", "b 5-9", "c 9-10"));
}

TEST(TimelineOfRecords, APartIsWhatTouchesIt) {
  const Timeline part = clipped(built(two_frames()), {start + 8ms, start + 9ms});
  EXPECT_THAT(told(track_of(part, "wall 7: HDMI-A-1", "screen")), ElementsAre("frame 1 7-13"));
  EXPECT_EQ(part.groups.size(), 2u) << "nothing was drawn, and nothing said";
}

}  // namespace
}  // namespace drmshow
