#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record_maker.hpp"
#include "trace/story.hpp"

namespace drmshow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Story story_of(const RecordMaker& maker) {
  return tell_story(maker.records());
}

const FrameStory& frame_in(const Story& story, std::uint64_t number, std::size_t stream = 0) {
  const FrameStory* found = story.find(stream, number);
  if (!found) throw std::out_of_range{"no such frame"};
  return *found;
}

TEST(Story, OfNothing) {
  const Story story = tell_story({});
  EXPECT_THAT(story.frames, IsEmpty());
  EXPECT_THAT(story.streams, IsEmpty());
  EXPECT_EQ(story.records, 0u);
}

TEST(Story, HasTheLifeOfAFrame) {
  const Story story = story_of(sample_recording());
  ASSERT_THAT(story.frames, SizeIs(12));
  const FrameStory& frame = frame_in(story, 1);
  EXPECT_EQ(frame.slot, 1);
  EXPECT_EQ(frame.acquired, at_ms(1000 + 0.5));
  EXPECT_EQ(frame.draw_begin, at_ms(1000 + 0.6));
  EXPECT_EQ(frame.draw_end, at_ms(1000 + 4.8));
  EXPECT_EQ(frame.submitted, at_ms(1000 + 4.9));
  EXPECT_EQ(frame.end, FrameEnd::none);
  ASSERT_THAT(frame.outputs, SizeIs(1));
  const FrameOutput& on = frame.outputs.front();
  EXPECT_EQ(on.fate, FrameOutput::Fate::shown);
  EXPECT_EQ(on.committed, at_ms(1000 + 5.0));
  EXPECT_EQ(on.shown, at_ms(1000 + sample_period_ms)) << "the kernel's time, not when we noticed";
  EXPECT_TRUE(on.shown_exactly);
  EXPECT_EQ(on.sequence, 61u);
}

TEST(Story, HasTheOutputs) {
  const Story story = story_of(sample_recording());
  ASSERT_THAT(story.streams, SizeIs(1));
  EXPECT_EQ(story.output_name(0, 0), "DP-1");
  EXPECT_EQ(story.output_name(0, 3), "output 3 of stream 0");
  const StoryOutput& output = story.streams[0].outputs.at(0);
  EXPECT_EQ(output.crtc, 57u);
  EXPECT_EQ(output.period, Nanoseconds{16'666'667});
  EXPECT_THAT(output.shown, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
  EXPECT_EQ(story.settings.at("mode"), "1920x1080@60");
}

TEST(Story, KnowsWhatWasMissedAndWhy) {
  const Story story = story_of(sample_recording());
  const FrameOutput* late = frame_in(story, 5).on(0);
  EXPECT_EQ(late->missed, 1u);
  EXPECT_EQ(late->reason, static_cast<std::uint8_t>(MissReason::drawing));
  EXPECT_EQ(frame_in(story, 4).on(0)->missed, 0u);
}

// What was recorded first is overwritten: no stream, no output, half a frame.
TEST(Story, MayBeginInTheMiddle) {
  const RecordMaker maker = sample_recording();
  const Story story = tell_story(std::span{maker.records()}.subspan(3 + 4));
  const FrameStory& first = frame_in(story, 1);
  EXPECT_FALSE(first.acquired);
  EXPECT_TRUE(first.outputs.front().committed);
  EXPECT_EQ(story.output_name(0, 0), "output 0 of stream 0");
  EXPECT_EQ(story.streams[0].outputs.at(0).refresh, Nanoseconds{});
  EXPECT_NEAR(static_cast<double>(story.period_of(0, 0).count()), sample_period_ms * 1e6, 10)
      << "from the frames themselves";
}

TEST(Story, OfSupersededAndCancelledFrames) {
  RecordMaker maker;
  maker.step(1, {.step = PresentStep::acquire, .frame = 7});
  maker.step(2, {.step = PresentStep::superseded, .frame = 7, .by = 8});
  maker.step(3, {.step = PresentStep::cancelled, .frame = 8, .errnum = ENODEV});
  const Story story = story_of(maker);
  EXPECT_EQ(frame_in(story, 7).on(0)->fate, FrameOutput::Fate::superseded);
  EXPECT_EQ(frame_in(story, 7).on(0)->by, 8u);
  EXPECT_EQ(frame_in(story, 8).on(0)->fate, FrameOutput::Fate::cancelled);
  EXPECT_EQ(frame_in(story, 8).on(0)->errnum, ENODEV);
}

TEST(Story, OfWhatTheGpuDid) {
  RecordMaker maker;
  maker.step(1, {.step = PresentStep::submit, .frame = 1, .fence = RenderFence::gated});
  maker.step(2, {.step = PresentStep::signal, .frame = 1});
  maker.step(3, {.step = PresentStep::expire, .frame = 2});
  maker.step(4, {.step = PresentStep::fence_error, .frame = 3});
  maker.step(5, {.step = PresentStep::discard, .frame = 4});
  const Story story = story_of(maker);
  EXPECT_EQ(frame_in(story, 1).fence, RenderFence::gated);
  EXPECT_EQ(frame_in(story, 1).signalled, at_ms(2));
  EXPECT_EQ(frame_in(story, 2).end, FrameEnd::expired);
  EXPECT_EQ(frame_in(story, 3).end, FrameEnd::fence_error);
  EXPECT_EQ(frame_in(story, 4).end, FrameEnd::discarded);
  EXPECT_EQ(frame_in(story, 4).given_up, at_ms(5));
  EXPECT_THAT(story.events, SizeIs(2)) << "what the GPU did wrong is everybody's business";
}

TEST(Story, CountsRefusals) {
  RecordMaker maker;
  maker.step(1, {.step = PresentStep::busy, .frame = 1, .errnum = EBUSY});
  maker.step(2, {.step = PresentStep::busy, .frame = 1, .errnum = EBUSY});
  maker.step(3, {.step = PresentStep::commit, .frame = 1});
  const FrameOutput on = *frame_in(story_of(maker), 1).on(0);
  EXPECT_EQ(on.refusals, 2u);
  EXPECT_EQ(on.refused, at_ms(1));
  EXPECT_EQ(on.errnum, EBUSY);
  EXPECT_EQ(on.committed, at_ms(3));
}

// A compositor says afterwards when a frame was seen; the frame callback says less.
TEST(Story, BelievesTheCompositorMore) {
  RecordMaker maker;
  maker.step(10, {.step = PresentStep::flip, .frame = 1});
  EXPECT_EQ(frame_in(story_of(maker), 1).on(0)->shown, at_ms(10));
  EXPECT_FALSE(frame_in(story_of(maker), 1).on(0)->shown_exactly);
  maker.step(12, {.step = PresentStep::seen, .frame = 1, .sequence = 5, .shown_ms = 8});
  EXPECT_EQ(frame_in(story_of(maker), 1).on(0)->shown, at_ms(8));
  RecordMaker other;
  other.step(12, {.step = PresentStep::seen, .frame = 1, .sequence = 5, .shown_ms = 8});
  other.step(13, {.step = PresentStep::flip, .frame = 1});
  EXPECT_EQ(frame_in(story_of(other), 1).on(0)->shown, at_ms(8));
  EXPECT_THAT(story_of(other).streams[0].outputs.at(0).shown, SizeIs(1));
}

// Each mode has a presenter of its own, and each begins with frame 1.
TEST(Story, TellsPresentersApart) {
  const StreamRecord shape{.stream = 0,
                           .slots = 3,
                           .outputs = 1,
                           .policy = RingPolicy::fifo,
                           .slot_return = SlotReturn::flip};
  RecordMaker maker;
  for (const double ms : {100.0, 200.0}) {
    maker.stream(ms, shape);
    maker.output(ms, {.text_at = 0, .stream = 0, .output = 0, .crtc = 1, .refresh_ns = 0}, "DP-1");
    maker.frame({1, ms + 1, 2, ms + 10});
    maker.frame({2, ms + 20, 2, ms + 30});
  }
  const Story story = story_of(maker);
  ASSERT_THAT(story.streams, SizeIs(2));
  EXPECT_THAT(story.frames, SizeIs(4));
  EXPECT_EQ(story.output_name(1, 0), "DP-1");
  EXPECT_EQ(frame_in(story, 1, 0).acquired, at_ms(101));
  EXPECT_EQ(frame_in(story, 1, 1).acquired, at_ms(201));
}

// For who has not seen the begin it is said again what a stream is.
TEST(Story, MayHearOfAStreamTwice) {
  RecordMaker maker;
  const StreamRecord shape{.stream = 0,
                           .slots = 3,
                           .outputs = 1,
                           .policy = RingPolicy::fifo,
                           .slot_return = SlotReturn::flip};
  maker.frame({7, 1, 2, 10});
  maker.stream(15, shape);
  maker.frame({8, 20, 2, 30});
  maker.stream(35, shape);
  maker.frame({9, 40, 2, 50});
  const Story story = story_of(maker);
  EXPECT_THAT(story.streams, SizeIs(1));
  EXPECT_EQ(story.streams[0].slots, 3);
  EXPECT_THAT(story.streams[0].outputs.at(0).shown, SizeIs(3));
}

TEST(Story, TellsOutputsApart) {
  RecordMaker maker;
  maker.step(1, {.step = PresentStep::flip, .frame = 1, .output = 0});
  maker.step(2, {.step = PresentStep::flip, .frame = 1, .output = 1});
  maker.step(3, {.step = PresentStep::flip, .frame = 1, .stream = 1});
  const Story story = story_of(maker);
  ASSERT_THAT(story.streams, SizeIs(2));
  EXPECT_THAT(story.frames, SizeIs(2));
  EXPECT_EQ(frame_in(story, 1, 0).on(0)->shown, at_ms(1));
  EXPECT_EQ(frame_in(story, 1, 0).on(1)->shown, at_ms(2));
  EXPECT_EQ(frame_in(story, 1, 1).on(0)->shown, at_ms(3));
}

TEST(Story, HasWhatHappenedBesides) {
  RecordMaker maker;
  maker.output(0, {.text_at = 0, .stream = 0, .output = 0, .crtc = 1, .refresh_ns = 0}, "DP-1");
  maker.add(1, RecordTag::seat, SeatRecord{.ours = 0, .cause = 0});
  maker.add(2, RecordTag::seat, SeatRecord{.ours = 1, .cause = 0});
  maker.text(3, RecordTag::hotplug, "card0: HDMI-A-1 was plugged in");
  maker.error(4, {.text_at = 0, .failure = 9, .errnum = ENODEV}, "card0: it is gone");
  maker.text(5, RecordTag::note, "a note\x1b[31m");
  maker.step(6, {.step = PresentStep::leave, .errnum = 0});
  maker.step(7, {.step = PresentStep::enter});
  maker.step(8, {.step = PresentStep::leave, .errnum = EACCES});
  std::vector<std::string> texts;
  for (const StoryEvent& event : story_of(maker).events) texts.push_back(event.text);
  EXPECT_THAT(texts, ElementsAre("the screen was given away: another virtual terminal",
                                 "the screen is ours again", "card0: HDMI-A-1 was plugged in",
                                 "card0: it is gone (ENODEV)", "a note?[31m", "DP-1 was unplugged",
                                 "DP-1 is back", "DP-1 was taken by another program"));
}

TEST(Story, MeasuresNothingAcrossAnAbsence) {
  RecordMaker maker;
  maker.frame({1, 1, 2, 10});
  maker.step(11, {.step = PresentStep::leave});
  maker.step(400, {.step = PresentStep::enter});
  maker.frame({2, 401, 2, 410});
  maker.frame({3, 411, 2, 420});
  const Story story = story_of(maker);
  EXPECT_FALSE(frame_in(story, 1).on(0)->afresh);
  EXPECT_TRUE(frame_in(story, 2).on(0)->afresh);
  EXPECT_FALSE(frame_in(story, 3).on(0)->afresh);
}

// A short payload is an older program's; one that is too long, a newer one's.
TEST(Story, TakesWhatThereIs) {
  RecordMaker maker;
  const PresentRecord step{.step = PresentStep::flip,
                           .fence = RenderFence::none,
                           .stream = 0,
                           .output = 0,
                           .slot = 0,
                           .reserved = 0,
                           .flags = 0,
                           .errnum = 0,
                           .sequence = 9,
                           .frame = 4,
                           .cookie = 1,
                           .shown_ns = 0,
                           .by = 0};
  std::vector<std::byte> bytes(sizeof step + 24);
  std::memcpy(bytes.data(), &step, sizeof step);
  maker.add_bytes(1, RecordTag::present, bytes);
  maker.add_bytes(2, RecordTag::present, std::span{bytes}.first(3));
  maker.add_bytes(3, RecordTag::present, {});
  maker.add_bytes(4, RecordTag{77}, bytes);
  const Story story = story_of(maker);
  ASSERT_THAT(story.frames, SizeIs(1));
  EXPECT_EQ(story.frames[0].number, 4u);
  EXPECT_EQ(story.records, 4u);
}

}  // namespace
}  // namespace drmshow
