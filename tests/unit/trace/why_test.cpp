#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "record_maker.hpp"
#include "trace/frame_verdict.hpp"
#include "trace/why.hpp"

namespace drmshow {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

RecordingInfo info_of_sample() {
  RecordingInfo info;
  info.begin = at_ms(900);
  return info;
}

std::string why(const RecordMaker& maker, std::string_view frame) {
  const Story story = tell_story(maker.records());
  std::string text = why_text(story, choose_frame(story, frame), info_of_sample());
  std::ranges::replace(text, '\n', ' ');  // sentences are wrapped
  return text;
}

// DP-1 at 100 Hz, frames 1 to 9 as they should be: a blank every 10 ms from 110 ms on, drawn in 2
// ms at 3 ms after the blank before.
RecordMaker steady(double draw_ms = 2, double lead_ms = 7) {
  RecordMaker maker;
  maker.output(0, {.text_at = 0, .stream = 0, .output = 0, .crtc = 57, .refresh_ns = 10'000'000},
               "DP-1");
  for (std::uint64_t number = 1; number <= 9; ++number) {
    const double blank = 100 + 10 * static_cast<double>(number);
    maker.frame({number, blank - lead_ms, draw_ms, blank});
  }
  return maker;
}

// Frame 10, meant for the blank at 200 ms, shown at 210 ms.
struct Late {
  double acquired = 193;
  double draw_begin = 193.1;
  double draw_end = 195;
  double submitted = 195.1;
  RenderFence fence = RenderFence::none;
  double signalled = 0;
  double refused = 0;
  double committed = 196;
  MissReason reason = MissReason::display;
};

RecordMaker with(const Late& late, RecordMaker maker = steady()) {
  DrawRecord draw{};
  draw.frame = 10;
  maker.step(late.acquired, {.step = PresentStep::acquire, .frame = 10});
  maker.add(late.draw_begin, RecordTag::draw_begin, draw);
  maker.add(late.draw_end, RecordTag::draw_end, draw);
  maker.step(late.submitted, {.step = PresentStep::submit, .frame = 10, .fence = late.fence});
  if (late.signalled > 0) maker.step(late.signalled, {.step = PresentStep::signal, .frame = 10});
  if (late.refused > 0) {
    maker.step(late.refused, {.step = PresentStep::busy, .frame = 10, .errnum = EBUSY});
  }
  maker.step(late.committed, {.step = PresentStep::commit, .frame = 10});
  maker.step(210.2, {.step = PresentStep::flip, .frame = 10, .sequence = 21, .shown_ms = 210});
  maker.missed(210.3, 10, 1, late.reason);
  return maker;
}

TEST(Why, OfAFrameThatCameInTime) {
  EXPECT_THAT(why(steady(), "3"), AllOf(HasSubstr("Frame 3 came onto DP-1 in time, 4.80 ms after"),
                                        Not(HasSubstr("late"))));
}

TEST(Why, HasTheTimeline) {
  const Story story = tell_story(steady().records());
  EXPECT_THAT(why_text(story, choose_frame(story, "3"), info_of_sample()),
              HasSubstr("       -3.00 ms  DP-1: frame 2, the one before, was on the screen\n"
                        "       +0.00 ms  framebuffer 0 was taken for it\n"
                        "       +0.10 ms  its drawing began\n"
                        "       +2.10 ms  it was drawn, after 2.00 ms\n"
                        "       +2.20 ms  it was handed over, finished\n"
                        "       +2.30 ms  DP-1: the kernel took it\n"
                        "       +7.00 ms  DP-1: it was on the screen, at vertical blank 8\n"
                        "      +17.00 ms  DP-1: frame 4 replaced it: it was seen for 10.0 ms\n"));
}

TEST(Why, DrawingTookTooLong) {
  EXPECT_THAT(
      why(with({.draw_end = 204,
                .submitted = 204.1,
                .committed = 204.2,
                .reason = MissReason::drawing}),
          "missed"),
      AllOf(HasSubstr("Frame 10 came onto DP-1 10.0 ms late: one vertical blank"),
            HasSubstr("It was handed over 4.10 ms after that blank"), HasSubstr("10.9 ms"),
            HasSubstr("usually it takes 2.00 ms"), HasSubstr("At this rate a frame has 10.0 ms"),
            HasSubstr("+7.00 ms  DP-1: a vertical blank passed without it")));
}

TEST(Why, DrawingBeganLate) {
  const std::string text = why(with({.acquired = 199.5,
                                     .draw_begin = 199.6,
                                     .draw_end = 201.6,
                                     .submitted = 201.7,
                                     .committed = 201.8,
                                     .reason = MissReason::drawing}),
                               "10");
  EXPECT_THAT(text, HasSubstr("It began 0.40 ms before that blank."));
  EXPECT_THAT(text, HasSubstr("Whoever draws came back late to it"));
}

// Frame 9 came at 190 ms, and only then was there one to draw into.
TEST(Why, ThereWasNoFramebuffer) {
  const Late late{.acquired = 190.3,
                  .draw_begin = 190.4,
                  .draw_end = 200,
                  .submitted = 200.1,
                  .committed = 200.2,
                  .reason = MissReason::drawing};
  EXPECT_THAT(why(with(late, steady(9.5, 9.9)), "10"),
              AllOf(HasSubstr("It began 9.60 ms before that blank. It could not begin earlier: all "
                              "framebuffers were in use")));
  EXPECT_THAT(why(with(late), "10"), Not(HasSubstr("in use")))
      << "there was time enough, it took too long";
}

TEST(Why, TheGpuWasLate) {
  EXPECT_THAT(why(with({.fence = RenderFence::gated,
                        .signalled = 203,
                        .committed = 203.1,
                        .reason = MissReason::fence}),
                  "10"),
              AllOf(HasSubstr("it was done 3.00 ms after that blank"),
                    HasSubstr("It took 7.90 ms after the frame was handed over"),
                    HasSubstr("to be shown when the GPU is done with it"),
                    HasSubstr("the GPU was done with it, 7.90 ms after that")));
}

TEST(Why, TheCommitWasLate) {
  EXPECT_THAT(why(with({.committed = 201.5, .reason = MissReason::commit}), "10"),
              AllOf(HasSubstr("It was ready 4.90 ms before that blank"),
                    HasSubstr("given to the kernel only 1.50 ms after that blank"),
                    HasSubstr("woken late")));
}

TEST(Why, TheKernelWasBusy) {
  EXPECT_THAT(why(with({.refused = 196, .committed = 201, .reason = MissReason::busy}), "10"),
              AllOf(HasSubstr("the kernel did not take it at once (1 refusal, EBUSY)"),
                    HasSubstr("+3.00 ms  DP-1: the kernel did not take it (EBUSY, 1 in all)")));
}

TEST(Why, TheDisplayWasLate) {
  EXPECT_THAT(why(with({}), "10"), AllOf(HasSubstr("in time, 4.00 ms before that blank, and yet"),
                                         HasSubstr("the driver wants commits earlier")));
}

TEST(Why, ForAReasonOfANewerProgram) {
  EXPECT_THAT(why(with({.reason = MissReason{9}}), "10"), HasSubstr("Why is not known."));
}

TEST(Why, FramesThatWereNeverShown) {
  RecordMaker maker = steady();
  maker.step(193, {.step = PresentStep::submit, .frame = 10});
  maker.step(194, {.step = PresentStep::superseded, .frame = 10, .by = 11});
  maker.step(195, {.step = PresentStep::refuse, .frame = 11, .errnum = EINVAL});
  maker.step(195, {.step = PresentStep::cancelled, .frame = 11, .errnum = EINVAL});
  maker.step(196, {.step = PresentStep::discard, .frame = 12});
  maker.step(197, {.step = PresentStep::expire, .frame = 13});
  maker.step(197, {.step = PresentStep::cancelled, .frame = 13});
  maker.step(198, {.step = PresentStep::cancelled, .frame = 14});
  EXPECT_THAT(why(maker, "10"),
              HasSubstr("Frame 10 was never on DP-1: frame 11 was finished before"));
  EXPECT_THAT(why(maker, "11"), HasSubstr("the kernel did not take it (EINVAL)"));
  EXPECT_THAT(why(maker, "12"), HasSubstr("never on any screen: whoever drew it gave it up"));
  EXPECT_THAT(why(maker, "13"), HasSubstr("the GPU was not done with it in the time"));
  EXPECT_THAT(why(maker, "14"), HasSubstr("the output went away, or the program ended"));
}

TEST(Why, FramesOnTheirWayAtTheEnd) {
  RecordMaker maker;
  maker.step(1, {.step = PresentStep::acquire, .frame = 1});
  maker.step(2, {.step = PresentStep::submit, .frame = 2, .fence = RenderFence::gated});
  maker.step(3, {.step = PresentStep::submit, .frame = 3});
  maker.step(4, {.step = PresentStep::commit, .frame = 4});
  maker.step(5, {.step = PresentStep::submit, .frame = 5});
  maker.step(6, {.step = PresentStep::busy, .frame = 5, .errnum = EBUSY});
  EXPECT_THAT(why(maker, "1"), HasSubstr("it was still being drawn."));
  EXPECT_THAT(why(maker, "2"), HasSubstr("the GPU was not done."));
  EXPECT_THAT(why(maker, "3"), HasSubstr("waited for its turn."));
  EXPECT_THAT(why(maker, "4"), HasSubstr("its page flip had not come."));
  EXPECT_THAT(why(maker, "5"), HasSubstr("had not taken it yet (EBUSY, 1 times)"));
}

TEST(Why, KnowsWindows) {
  RecordMaker maker = steady();
  maker.stream(1, {.stream = 0,
                   .slots = 3,
                   .outputs = 1,
                   .policy = RingPolicy::fifo,
                   .slot_return = SlotReturn::release});
  EXPECT_THAT(why(maker, "3"), HasSubstr("DP-1: the compositor took it"));
}

TEST(Why, TellsWhatHappenedMeanwhile) {
  RecordMaker maker = with({});
  maker.text(205, RecordTag::hotplug, "card0: a cable");
  maker.text(500, RecordTag::hotplug, "card0: another one");
  EXPECT_THAT(why(maker, "10"), AllOf(HasSubstr("+12.00 ms  meanwhile: card0: a cable"),
                                      Not(HasSubstr("another one"))));
}

TEST(Why, SaysWhichStreamItIs) {
  RecordMaker maker = steady();
  maker.step(300, {.step = PresentStep::flip, .frame = 3, .stream = 1});
  EXPECT_THAT(why(maker, "3"), HasSubstr("This is that of stream 1: 1:3."));
  EXPECT_THAT(why(maker, "0:3"), HasSubstr("This is that of stream 0: 0:3."));
  EXPECT_THAT(why(maker, "4"), Not(HasSubstr("Other streams")));
}

std::size_t chosen(const RecordMaker& maker, std::string_view word) {
  return choose_frame(tell_story(maker.records()), word);
}

TEST(ChooseFrame, ByNumberOrWord) {
  const RecordMaker sample = sample_recording();
  EXPECT_EQ(chosen(sample, "1"), 0u);
  EXPECT_EQ(chosen(sample, "0:12"), 11u);
  EXPECT_EQ(chosen(sample, "last"), 11u);
  EXPECT_EQ(chosen(sample, "missed"), 4u);
}

TEST(ChooseFrame, SaysWhatThereIs) {
  const auto failure = [](const RecordMaker& maker, std::string_view word) {
    try {
      chosen(maker, word);
    } catch (const Error& error) {
      return std::pair{error.failure(), std::string{error.what()} + "|" + error.hint()};
    }
    return std::pair{Failure{}, std::string{}};
  };
  EXPECT_THAT(failure(sample_recording(), "13"),
              testing::Pair(Failure::not_found,
                            HasSubstr("frame 13 is not in this recording|It has 12 frames, from "
                                      "0:1 to 0:12")));
  EXPECT_EQ(failure(sample_recording(), "1:1").first, Failure::not_found);
  EXPECT_EQ(failure(steady(), "missed").first, Failure::not_found);
  EXPECT_EQ(failure(RecordMaker{}, "last").first, Failure::not_found);
  for (const char* word : {"", "x", "1x", "-1", ":", "0:", ":1", "1:x", "99999999999999999999"}) {
    EXPECT_EQ(failure(sample_recording(), word).first, Failure::usage) << word;
  }
}

TEST(WhyJson, IsOfThatFrame) {
  const Story story = tell_story(with({}).records());
  const std::string json = why_json(story, choose_frame(story, "10"));
  EXPECT_THAT(json, AllOf(HasSubstr("\"frame\": 10,"), HasSubstr("\"shown_ns\": 210000000,"),
                          HasSubstr("\"missed_blanks\": 1,"), HasSubstr("\"reason\": \"display\""),
                          HasSubstr("\"signalled_ns\": null")));
}

}  // namespace
}  // namespace drmshow
