// What the pacer learns of a display's blanks, and what it makes of it.
#include "ring/pacer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "simulated_display.hpp"

namespace drmshow::test {
namespace {

double milliseconds(Nanoseconds span) {
  return static_cast<double>(span.count()) / 1e6;
}

// How far the next blank that the pacer expects is from the true one.
double blank_error(const Pacer& pacer, const SimulatedDisplay& display, std::int64_t after) {
  const Time middle = display.blank(after) + display.period / 2;
  return std::abs(milliseconds(pacer.vblank_after(middle) - display.blank(after + 1)));
}

class PacerAtRate : public testing::TestWithParam<double> {};

TEST_P(PacerAtRate, KnowsTheBlanksOfAPerfectDisplay) {
  SimulatedDisplay display{hertz(GetParam())};
  Pacer pacer{display.period};
  show_all(pacer, display, 1, 1000);
  EXPECT_NEAR(milliseconds(pacer.period()), milliseconds(display.period), 0.000'01);
  EXPECT_LT(blank_error(pacer, display, 1000), 0.000'1);
  EXPECT_LT(blank_error(pacer, display, 1030), 0.001) << "and those to come";
  EXPECT_EQ(pacer.source(), Pacer::Source::vblank);
}

TEST_P(PacerAtRate, LearnsARateThatIsNearTheModes) {
  SimulatedDisplay display{hertz(GetParam() / 1.001)};
  Pacer pacer{hertz(GetParam())};
  show_all(pacer, display, 1, 300);
  EXPECT_NEAR(milliseconds(pacer.period()), milliseconds(display.period),
              milliseconds(display.period) / 20'000);
}

TEST_P(PacerAtRate, IsMoreExactThanEventsThatJitter) {
  SimulatedDisplay display{hertz(GetParam()), 500us};
  Pacer pacer{hertz(GetParam() * 1.001)};
  show_all(pacer, display, 1, 100);
  double sum = 0;
  for (int i = 101; i <= 1100; ++i) {
    show_all(pacer, display, i, 1);
    sum += blank_error(pacer, display, i);
    ASSERT_NEAR(milliseconds(pacer.period()), milliseconds(display.period),
                milliseconds(display.period) / 40);
  }
  EXPECT_LT(sum / 1000, 0.15) << "the events are 0.25 ms off on average";
  EXPECT_EQ(pacer.source(), Pacer::Source::vblank);
}

INSTANTIATE_TEST_SUITE_P(Rates, PacerAtRate, testing::Values(60, 59.94, 144, 24, 240));

TEST(Pacer, BlanksWithoutFramesDoNotMatter) {
  for (const std::uint32_t first_sequence : {1'000u, 0u}) {
    SimulatedDisplay display{hertz(60), 200us, 50us, first_sequence};
    Pacer pacer{hertz(60.05)};
    for (int i = 1; i < 2000; i += 1 + i % 7 + (i % 50 == 0 ? 20 : 0)) {
      show_all(pacer, display, i, 1);
      if (i > 200) {
        ASSERT_LT(blank_error(pacer, display, i), 0.5) << i;
      }
    }
    EXPECT_NEAR(milliseconds(pacer.period()), milliseconds(display.period), 0.01);
  }
}

TEST(Pacer, FollowsADisplayThatChangesItsRate) {
  for (const double rate : {50.0, 72.0, 48.0, 61.5}) {
    SimulatedDisplay display{hertz(60), 200us};
    Pacer pacer{display.period};
    show_all(pacer, display, 1, 100);
    display.start = display.blank(100);
    display.first_sequence += 100;
    display.period = hertz(rate);
    show_all(pacer, display, 1, 30);
    EXPECT_NEAR(milliseconds(pacer.period()), 1000 / rate, 0.1) << rate;
    EXPECT_LT(blank_error(pacer, display, 30), 0.5) << rate;
    EXPECT_EQ(pacer.source(), Pacer::Source::vblank) << rate;
  }
}

TEST(Pacer, StaysNearTheModeIfIntervalsAreIrregular) {
  Pacer pacer{hertz(60)};
  Dice dice;
  SimulatedDisplay display{hertz(60)};
  Time at = display.start;
  std::uint32_t sequence = 0;
  for (int i = 0; i < 2000; ++i) {
    at += dice.between(hertz(60), hertz(40));  // a VRR display
    pacer.shown({at - 1ms, at - 1ms, at - 1ms, Time::min(), at, ++sequence});
    ASSERT_GT(pacer.period(), hertz(60.0 * 1.03));
    ASSERT_LT(pacer.period(), hertz(39));
    ASSERT_LE(pacer.vblank_after(at), at + pacer.period() * 5 / 4);
  }
  EXPECT_EQ(pacer.source(), Pacer::Source::vblank);
}

class PacerAfterAPause : public testing::TestWithParam<Nanoseconds> {};

TEST_P(PacerAfterAPause, TakesUpThePhaseAndKeepsThePeriod) {
  SimulatedDisplay display{hertz(59.94)};
  Pacer pacer{hertz(60)};
  show_all(pacer, display, 1, 300);
  const Nanoseconds period = pacer.period();
  display.start += 300 * display.period + GetParam();
  display.first_sequence = 77;
  show_all(pacer, display, 1, 1);
  EXPECT_EQ(pacer.period(), period);
  EXPECT_LT(blank_error(pacer, display, 1), 0.01);
}

INSTANTIATE_TEST_SUITE_P(Pauses, PacerAfterAPause,
                         testing::Values(10s, 10h, Nanoseconds{1'234'567'891}, -3s, -20ms));

TEST(Pacer, AnEventAtTheWrongTimeSpoilsNothing) {
  SimulatedDisplay display{hertz(60)};
  Pacer pacer{display.period};
  show_all(pacer, display, 1, 100);
  ShownFrame frame = display.show(display.blank(100) + 1ms);
  frame.shown += 7ms;
  pacer.shown(frame);
  EXPECT_LT(blank_error(pacer, display, 102), 0.01);
  EXPECT_EQ(pacer.period(), display.period);
}

TEST(Pacer, SequencesWrap) {
  SimulatedDisplay display{hertz(60)};
  display.first_sequence = 0xffff'ff00u;
  Pacer pacer{hertz(60.05)};
  for (int i = 1; i < 600; i += 2) {  // 0xffffffff + 1 is at 256
    show_all(pacer, display, i, 1);
    if (i > 200) {
      ASSERT_LT(blank_error(pacer, display, i), 0.1) << i;
    }
  }
}

TEST(Pacer, CountersOfSomethingElseAreNotBelieved) {
  SimulatedDisplay display{hertz(60)};
  Pacer pacer{display.period};
  Dice dice;
  for (int i = 1; i < 300; ++i) {
    ShownFrame frame = display.show(display.blank(i - 1) + 1ms);
    frame.sequence = static_cast<std::uint32_t>(dice.between(1'000ns, 4'000'000'000ns).count());
    pacer.shown(frame);
    ASSERT_LT(blank_error(pacer, display, i), 0.01) << i;
  }
}

TEST(Pacer, CostsRiseAtOnceAndFallSlowly) {
  Pacer pacer{hertz(60)};
  pacer.drawn(5ms);
  pacer.committed(1ms);
  EXPECT_EQ(pacer.draw_cost(), 5ms);
  EXPECT_EQ(pacer.commit_cost(), 1ms);
  pacer.drawn(1ms);
  EXPECT_GT(pacer.draw_cost(), 4900us);
  EXPECT_LT(pacer.draw_cost(), 5ms);
  for (int i = 0; i < 1000; ++i) {
    pacer.drawn(1ms);
    pacer.committed(-5ms);
  }
  EXPECT_NEAR(milliseconds(pacer.draw_cost()), 1, 0.01);
  EXPECT_LT(pacer.commit_cost(), 1us);
  pacer.committed(2s);
  EXPECT_LE(pacer.commit_cost(), hertz(60) / 2) << "what waits, no earlier commit makes faster";
}

TEST(Pacer, MarginDoublesWhenAFrameComesABlankLateAndShrinksAgain) {
  SimulatedDisplay display{hertz(60)};
  Pacer pacer{display.period};
  EXPECT_EQ(pacer.margin(), 1ms);
  EXPECT_EQ((Pacer{hertz(500)}).margin(), hertz(500) / 4);
  show_all(pacer, display, 1, 10);
  int at = 11;
  for (const Nanoseconds margin :
       std::vector<Nanoseconds>{2ms, 4ms, 8ms, hertz(60) / 2, hertz(60) / 2}) {
    ShownFrame late = display.show(display.blank(at) + 1ms);
    late.ready = late.committed = display.blank(at - 1) + 1ms;
    pacer.shown(late);
    EXPECT_EQ(pacer.margin(), margin);
    at += 2;
  }
  show_all(pacer, display, at, 100);
  EXPECT_GT(pacer.margin(), 5ms);
  show_all(pacer, display, at + 100, 3000);
  EXPECT_EQ(pacer.margin(), 1ms);
}

TEST(Pacer, MarginIsNotToBlameForWhatItCannotHelp) {
  SimulatedDisplay display{hertz(60)};
  Pacer pacer{display.period};
  show_all(pacer, display, 1, 10);
  pacer.shown(display.show(display.blank(12) + 1ms));  // ready too late
  ShownFrame busy = display.show(display.blank(14) + 1ms);
  busy.ready = display.blank(13) + 1ms;
  busy.refusals = 1;
  pacer.shown(busy);
  ShownFrame stalled = display.show(display.blank(20) + 1ms);
  stalled.ready = stalled.committed = display.blank(15) + 1ms;
  pacer.shown(stalled);
  ShownFrame early = display.show(display.blank(25) + 1ms, display.blank(26));
  early.ready = early.committed = display.blank(21) + 1ms;
  pacer.shown(early);
  EXPECT_EQ(pacer.margin(), 1ms);
}

TEST(Pacer, CommitsAndDrawsAsLateAsIsSafe) {
  SimulatedDisplay display{hertz(60)};
  Pacer pacer{display.period};
  show_all(pacer, display, 1, 10);
  pacer.drawn(4ms);
  pacer.committed(500us);
  const Time now = display.blank(10) + 1ms;
  EXPECT_EQ(pacer.vblank_after(now), display.blank(11));
  EXPECT_EQ(pacer.vblank_after(display.blank(11)), display.blank(12));
  EXPECT_EQ(pacer.latest_commit(now), display.blank(11) - 1500us);
  EXPECT_EQ(pacer.latest_draw(now), display.blank(11) - 5500us);
}

TEST(Pacer, CommitsForTheBlankNearestToTheDueTime) {
  SimulatedDisplay display{hertz(60)};
  Pacer pacer{display.period};
  show_all(pacer, display, 1, 10);
  const Time now = display.blank(10) + 1ms;
  EXPECT_EQ(pacer.earliest_commit(now, Time::min()), now);
  for (const Nanoseconds off : {-6ms, 0ms, 6ms}) {
    const Time commit = pacer.earliest_commit(now, display.blank(20) + off);
    EXPECT_GT(commit, display.blank(19)) << "not shown at the blank before";
    EXPECT_LT(commit, display.blank(19) + 2ms) << "with all the time there is";
  }
  EXPECT_GT(pacer.earliest_commit(now, display.blank(20) + 9ms), display.blank(20));
  EXPECT_LT(pacer.earliest_commit(now, display.blank(9)), now);
}

TEST(Pacer, WithoutAPhaseItWaitsForNothingButTheDueTime) {
  Pacer pacer{hertz(60)};
  const Time now{5s};
  EXPECT_EQ(pacer.vblank_after(now), now);
  EXPECT_LE(pacer.latest_commit(now), now);
  EXPECT_EQ(pacer.earliest_commit(now, Time::min()), now);
  EXPECT_EQ(pacer.earliest_commit(now, now - 1s), now);
  EXPECT_GT(pacer.earliest_commit(now, now + 1s), now + 990ms);
  EXPECT_LT(pacer.earliest_commit(now, now + 1s), now + 1s);
  SimulatedDisplay display{hertz(60)};
  show_all(pacer, display, 1, 10);
  pacer.resync();
  EXPECT_EQ(pacer.vblank_after(display.blank(30) + 1ms), display.blank(30) + 1ms);
}

TEST(Pacer, ImmediateWaitsForTheDueTimeOnly) {
  SimulatedDisplay display{hertz(60)};
  Pacer pacer{display.period, Pacer::Source::immediate};
  show_all(pacer, display, 1, 10);
  const Time now = display.blank(10) + 1ms;
  EXPECT_EQ(pacer.earliest_commit(now, Time::min()), now);
  EXPECT_EQ(pacer.earliest_commit(now, now + 3ms), now + 3ms);
  EXPECT_EQ(pacer.latest_commit(now), now);
  EXPECT_EQ(pacer.source(), Pacer::Source::immediate);
}

}  // namespace
}  // namespace drmshow::test
