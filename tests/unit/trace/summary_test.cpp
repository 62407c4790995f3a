#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record_maker.hpp"
#include "trace/summary.hpp"

namespace drmshow {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

RecordingInfo sample_info() {
  RecordingInfo info;
  info.pid = 4711;
  info.program = "drm-show";
  info.version = "0.1.0";
  info.begin = at_ms(900);
  return info;
}

Summary summary_of(const RecordMaker& maker) {
  return summarise(tell_story(maker.records()));
}

std::string text_of(const RecordMaker& maker, bool live = false,
                    const RecordingInfo& info = sample_info()) {
  const Story story = tell_story(maker.records());
  return summary_text(summarise(story), story, info, live);
}

TEST(Summary, OfTheSample) {
  const Summary summary = summary_of(sample_recording());
  ASSERT_THAT(summary.outputs, SizeIs(1));
  const OutputSummary& output = summary.outputs[0];
  EXPECT_EQ(output.name, "DP-1");
  EXPECT_EQ(output.counts, (FrameCounts{12, 12, 0, 0}));
  EXPECT_EQ(output.missed, (std::array<std::uint64_t, 6>{1, 0, 0, 0, 0, 0}));
  EXPECT_EQ(output.interval.count(), 11u);
  EXPECT_NEAR(static_cast<double>(output.interval.max().count()), 2e6 * sample_period_ms, 10);
  EXPECT_NEAR(static_cast<double>(output.interval.median().count()), 1e6 * sample_period_ms, 10);
  EXPECT_EQ(output.draw.max(), std::chrono::microseconds{21'300});
  EXPECT_EQ(output.latency.count(), 12u);
  EXPECT_EQ(output.flip.count(), 12u);
  EXPECT_EQ(output.fence.count(), 0u);
}

TEST(Summary, SaysFirstWhetherItStuttered) {
  EXPECT_THAT(text_of(sample_recording()),
              HasSubstr("DP-1 stuttered: 1 of 13 vertical blanks had no new frame although one was "
                        "due,\nbecause drawing was late.\n"));
  RecordMaker smooth;
  smooth.frame({1, 1, 2, 10});
  smooth.frame({2, 11, 2, 20});
  EXPECT_THAT(text_of(smooth), AllOf(HasSubstr("did not stutter: all of its 2 frames came in time"),
                                     Not(HasSubstr("why missed"))));
}

TEST(Summary, NamesTheMainReasonFirst) {
  RecordMaker maker = sample_recording();
  maker.missed(2000, 6, 3, MissReason::fence);
  maker.missed(2001, 7, 1, MissReason::busy);
  maker.missed(2002, 8, 2, MissReason{77});
  const Summary summary = summary_of(maker);
  EXPECT_EQ(verdict(summary.outputs.at(0)),
            "DP-1 stuttered: 7 of 19 vertical blanks had no new frame although one was due: 3 "
            "because the GPU was not done, 2 for a reason that is not known, 1 because drawing was "
            "late, 1 because the kernel was busy.");
  EXPECT_EQ(summary.outputs[0].all_missed(), 7u);
}

TEST(Summary, SaysWhoAndWhen) {
  const RecordMaker sample = sample_recording();
  EXPECT_THAT(text_of(sample), StartsWith("drm-show 0.1.0 (PID 4711) died after "));
  EXPECT_THAT(text_of(sample, true), StartsWith("drm-show 0.1.0 (PID 4711) is running; 316.9 ms"));
  RecordingInfo info = sample_info();
  info.ended = true;
  EXPECT_THAT(text_of(sample, false, info), StartsWith("drm-show 0.1.0 (PID 4711) ended at "));
  info.begin = Time{} - std::chrono::hours{1};
  EXPECT_THAT(text_of(sample, false, info), HasSubstr("; the last 316.9 ms are\nrecorded."));
  EXPECT_EQ(text_of(RecordMaker{}), "drm-show 0.1.0 (PID 4711) has recorded nothing.\n");
}

TEST(Summary, HasSupersededAndCancelledFrames) {
  RecordMaker maker = sample_recording();
  maker.step(1300, {.step = PresentStep::submit, .frame = 13});
  maker.step(1301, {.step = PresentStep::superseded, .frame = 13, .by = 14});
  maker.step(1302, {.step = PresentStep::submit, .frame = 14});
  maker.step(1303, {.step = PresentStep::busy, .frame = 14});
  maker.step(1304, {.step = PresentStep::cancelled, .frame = 14});
  EXPECT_EQ(summary_of(maker).outputs.at(0).counts, (FrameCounts{14, 12, 1, 1}));
  EXPECT_THAT(text_of(maker), AllOf(HasSubstr("14 frames submitted, 12 shown, 1 superseded, 1 "
                                              "cancelled; missed blanks: 1"),
                                    HasSubstr("1 commit was not taken at first")));
}

TEST(Summary, MeasuresTheGpu) {
  RecordMaker maker;
  maker.step(1, {.step = PresentStep::submit, .frame = 1, .fence = RenderFence::native});
  maker.step(4, {.step = PresentStep::signal, .frame = 1});
  maker.step(5, {.step = PresentStep::flip, .frame = 1, .shown_ms = 5});
  EXPECT_EQ(summary_of(maker).outputs.at(0).fence.median(), milliseconds{3});
  EXPECT_THAT(text_of(maker), HasSubstr("GPU, after submit"));
}

// A still picture is no stutter, and its time no interval.
TEST(Summary, LeavesPausesOut) {
  RecordMaker maker;
  maker.frame({1, 1, 2, 10});
  maker.frame({2, 11, 2, 20});
  maker.frame({3, 5000, 2, 5010});
  EXPECT_EQ(summary_of(maker).outputs.at(0).interval.count(), 1u);
  maker.missed(5011, 3, 299, MissReason::drawing);
  EXPECT_EQ(summary_of(maker).outputs.at(0).interval.count(), 2u) << "unless it was one";
}

// One display, whose mode was set anew: a second presenter.
TEST(Summary, JoinsPresentersOfAnOutput) {
  RecordMaker maker;
  for (const std::uint8_t stream : {std::uint8_t{0}, std::uint8_t{1}}) {
    maker.output(1,
                 {.text_at = 0, .stream = stream, .output = 0, .crtc = 5, .refresh_ns = 10'000'000},
                 "DP-1");
    maker.step(2, {.step = PresentStep::flip, .frame = 1, .stream = stream});
  }
  maker.step(3, {.step = PresentStep::flip, .frame = 1, .stream = 2});
  const Summary summary = summary_of(maker);
  ASSERT_THAT(summary.outputs, SizeIs(2));
  EXPECT_EQ(summary.outputs[0].counts.shown, 2u);
  EXPECT_EQ(summary.outputs[0].interval.count(), 0u);
  EXPECT_EQ(summary.outputs[1].name, "output 0 of stream 2");
}

TEST(Summary, HasWhatHappenedBesides) {
  RecordMaker maker = sample_recording();
  for (int i = 0; i < 25; ++i) maker.text(1300 + i, RecordTag::note, "note " + std::to_string(i));
  EXPECT_THAT(text_of(maker),
              AllOf(HasSubstr("What happened besides (the last 20 of 25)"),
                    Not(HasSubstr("note 4\n")), HasSubstr("note 5\n"), HasSubstr("note 24\n")));
}

TEST(Summary, KnowsThatThereWasNoDisplay) {
  RecordMaker maker;
  maker.output(0, {.text_at = 0, .stream = 0, .output = 0, .crtc = 0, .refresh_ns = 0},
               "no display");
  maker.frame({1, 1, 2, 3});
  maker.frame({2, 4, 2, 6});
  EXPECT_EQ(verdict(summary_of(maker).outputs.at(0)), "There was no display; 2 frames were drawn.");
  EXPECT_THAT(text_of(maker), Not(HasSubstr("stutter")));
}

TEST(Summary, SaysHowItRan) {
  EXPECT_THAT(text_of(sample_recording()),
              testing::EndsWith("\nHow it ran\n  mode: 1920x1080@60\n"));
}

TEST(SummaryJson, HasItAll) {
  const Story story = tell_story(sample_recording().records());
  const std::string json = summary_json(summarise(story), story, sample_info(), true);
  EXPECT_THAT(json, AllOf(HasSubstr("\"state\": \"running\""), HasSubstr("\"pid\": 4711"),
                          HasSubstr("\"name\": \"DP-1\""), HasSubstr("\"drawing\": 1"),
                          HasSubstr("\"period_ns\": 16666667"), HasSubstr("\"max_us\": 21300.0"),
                          HasSubstr("\"shown\": 12")));
}

// A hostile recording has as many outputs as it likes.
TEST(Summary, HasAnEnd) {
  RecordMaker maker;
  for (int stream = 0; stream < 8; ++stream) {
    for (int output = 0; output < 16; ++output) {
      maker.step(1, {.step = PresentStep::flip,
                     .frame = 1,
                     .stream = static_cast<std::uint8_t>(stream),
                     .output = static_cast<std::uint8_t>(output)});
    }
  }
  EXPECT_THAT(summary_of(maker).outputs, SizeIs(64));
  EXPECT_THAT(text_of(maker), HasSubstr("and 64 more outputs\n"));
}

}  // namespace
}  // namespace drmshow
