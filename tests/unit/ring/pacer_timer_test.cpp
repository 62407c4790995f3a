// Drivers without vertical blanks: they are noticed, and the clock keeps the rate.
#include <gtest/gtest.h>

#include "simulated_display.hpp"

namespace drmshow::test {
namespace {

TEST(PacerTimer, EventsAtOnceAreNoticedWithinFiveFrames) {
  SimulatedDisplay display{.period = hertz(60), .first_sequence = 0, .blanks = false};
  Pacer pacer{display.period};
  Time now = display.start;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(pacer.source(), Pacer::Source::vblank);
    const ShownFrame frame = display.show(now);
    pacer.shown(frame);
    now = frame.shown + 500us;
  }
  EXPECT_EQ(pacer.source(), Pacer::Source::timer);
  pacer.resync();
  EXPECT_EQ(pacer.source(), Pacer::Source::timer) << "the driver is the same";
}

// Frames that wait for a blank, before which they are committed: that is, for the pacer itself.
TEST(PacerTimer, DriversThatShowAtOnceAreNoticedWhilePaced) {
  for (const bool mailbox : {true, false}) {
    SimulatedDisplay display{.period = hertz(60), .first_sequence = 0, .blanks = false};
    Pacer pacer{display.period};
    Time now = display.start;
    for (int i = 0; i < 20; ++i) {
      const Time due = display.start + i * hertz(30);
      const Time planned = mailbox ? pacer.latest_commit(now) : pacer.earliest_commit(now, due);
      const ShownFrame frame = display.show(std::max(now, planned), mailbox ? Time::min() : due);
      pacer.shown(frame);
      now = frame.shown + 100us;
    }
    EXPECT_EQ(pacer.source(), Pacer::Source::timer) << mailbox;
    EXPECT_EQ(pacer.period(), hertz(60)) << mailbox;
  }
}

TEST(PacerTimer, LateCommitsToARealDisplayAreNoSuchDriver) {
  for (const double rate : {24.0, 30.0, 60.0, 144.0}) {
    SimulatedDisplay display{hertz(rate), 500us};
    Pacer pacer{display.period};
    for (int i = 0; i < 100'000; ++i) {
      const Time blank = display.blank(i + 1);
      pacer.shown(display.show(std::max(blank - 500us, display.blank(i))));
      ASSERT_EQ(pacer.source(), Pacer::Source::vblank) << rate << " Hz, frame " << i;
    }
  }
}

// The loop wakes at the tick or later; the driver shows at once.
struct LateLoop {
  SimulatedDisplay display{.period = hertz(60), .first_sequence = 0, .blanks = false};
  Pacer pacer{display.period, Pacer::Source::timer};
  Time now = display.start;
  Dice dice{3};

  Time show(Nanoseconds late) {
    now = std::max(now, pacer.earliest_commit(now, Time::min())) + late;
    const ShownFrame frame = display.show(now);
    pacer.shown(frame);
    now = frame.shown + 50us;
    return frame.shown;
  }
};

TEST(PacerTimer, KeepsTheExactRateHoweverLateTheLoopWakes) {
  LateLoop loop;
  const Time first = loop.show(0ns);
  for (int i = 1; i <= 1000; ++i) {
    const Time shown = loop.show(loop.dice.between(0ns, 2ms));
    ASSERT_GE(shown, first + i * hertz(60));
    ASSERT_LE(shown, first + i * hertz(60) + 2200us);
  }
}

TEST(PacerTimer, DoesNotCatchUpAfterAHiccup) {
  LateLoop loop;
  Time before = loop.show(0ns);
  for (int i = 1; i <= 300; ++i) {
    const Nanoseconds late = i % 60 == 0 ? 107ms : loop.dice.between(0ns, 2ms);
    const Time shown = loop.show(late);
    ASSERT_GE(shown - before, hertz(60) - 2200us) << i;
    ASSERT_LE(shown - before, hertz(60) + 2200us + (i % 60 == 0 ? 107ms : 0ms)) << i;
    before = shown;
  }
}

TEST(PacerTimer, EachTickHasOneFrame) {
  LateLoop loop;
  const Time first = loop.show(0ns);
  const Time tick = first + hertz(60);
  EXPECT_EQ(loop.pacer.earliest_commit(first + 1ms, Time::min()), tick);
  EXPECT_EQ(loop.pacer.latest_commit(first + 1ms), tick);
  EXPECT_EQ(loop.pacer.latest_commit(tick + 1ms), tick) << "it has passed: now";
  loop.show(1ms);
  EXPECT_EQ(loop.pacer.earliest_commit(tick + 2ms, Time::min()), tick + hertz(60));
  EXPECT_EQ(loop.pacer.earliest_commit(tick + 2ms, first + 10 * hertz(60) + 5ms),
            first + 10 * hertz(60));
}

TEST(PacerTimer, BeforeTheFirstFrameItWaitsForTheDueTimeOnly) {
  const Pacer pacer{hertz(60), Pacer::Source::timer};
  const Time now{5s};
  EXPECT_EQ(pacer.earliest_commit(now, Time::min()), now);
  EXPECT_LE(pacer.latest_commit(now), now);
  EXPECT_GT(pacer.earliest_commit(now, now + 1s), now + 990ms);
}

}  // namespace
}  // namespace drmshow::test
