// A whole chain in simulated time: something draws, a loop wakes late, a display shows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>
#include <vector>

#include "simulated_display.hpp"

namespace drmshow::test {
namespace {

struct Outcome {
  std::uint64_t missed = 0;
  Nanoseconds worst_margin{};
  DurationHistogram latency;
};

struct Chain {
  Nanoseconds most_late;  // the loop wakes up to this late
  SimulatedDisplay display{hertz(60), 20us};
  Pacer pacer{hertz(60)};
  Dice dice{11};
  Outcome outcome{};

  Nanoseconds wake_late() { return dice.between(0ns, most_late); }

  ShownFrame commit_at(Time time, ShownFrame frame) {
    const Nanoseconds cost = dice.between(50us, 300us);
    frame.committed = time + cost;
    frame = display.show(frame);
    pacer.committed(cost);
    pacer.shown(frame);
    return frame;
  }

  void count(const ShownFrame& before, const ShownFrame& frame) {
    outcome.missed += find_miss(before, frame, display.period).count;
    outcome.latency.add(frame.shown - frame.submitted);
    outcome.worst_margin = std::max(outcome.worst_margin, pacer.margin());
  }
};

// Draws as late as it can, so that what is shown is new.
Outcome mailbox(Chain chain, int frames) {
  ShownFrame before = chain.commit_at(chain.display.start, {});
  for (int i = 0; i < frames; ++i) {
    const Time now = before.shown + chain.wake_late();
    ShownFrame frame{};
    frame.due = Time::min();
    const Time begin = std::max(now, chain.pacer.latest_draw(now) + chain.wake_late());
    const Nanoseconds cost = chain.dice.between(1ms, 4ms);
    chain.pacer.drawn(cost);
    frame.submitted = frame.ready = begin + cost;
    const Time commit = std::max(frame.ready, chain.pacer.latest_commit(now) + chain.wake_late());
    frame = chain.commit_at(commit, frame);
    if (i > 100) chain.count(before, frame);
    before = frame;
  }
  return chain.outcome;
}

// Draws as soon as there is a slot: of three, one is shown, one pending and one ready.
Outcome fifo(Chain chain, int frames) {
  ShownFrame before = chain.commit_at(chain.display.start, {});
  ShownFrame next{};
  next.submitted = next.ready = before.shown;
  for (int i = 0; i < frames; ++i) {
    ShownFrame drawn{};
    const Time now = before.shown + chain.wake_late();
    drawn.submitted = drawn.ready = now + chain.dice.between(1ms, 4ms);
    const ShownFrame frame = chain.commit_at(std::max(now, next.ready), next);
    if (i > 100) chain.count(before, frame);
    before = frame;
    next = drawn;
  }
  return chain.outcome;
}

TEST(PacedDisplay, MailboxIsInTimeAndFarMoreRecentThanFifo) {
  constexpr int frames = 20'000;
  const Outcome late = mailbox({500us}, frames);
  const Outcome queued = fifo({500us}, frames);
  EXPECT_LT(late.missed, frames / 100);
  EXPECT_EQ(queued.missed, 0u);
  EXPECT_LT(late.latency.median() * 4, queued.latency.median());
  EXPECT_LT(late.latency.percentile(99), 8ms);
  EXPECT_EQ(late.worst_margin, 1ms) << "half a millisecond is within the margin";
}

TEST(PacedDisplay, TheMarginGrowsToWhatTheLoopNeeds) {
  constexpr int frames = 20'000;
  const Outcome outcome = mailbox({3ms}, frames);
  EXPECT_LT(outcome.missed, frames / 50);
  EXPECT_GT(outcome.worst_margin, 2ms);
}

// Shows frames at their due times, and tells how many blanks each was on the screen.
std::vector<std::int64_t> cadence(double rate, double display_rate, Pacer::Source source) {
  SimulatedDisplay display{hertz(display_rate), 200us};
  display.blanks = source == Pacer::Source::vblank;
  Pacer pacer{display.period, source};
  ShownFrame before = display.show(display.start);
  pacer.shown(before);
  const Time first = before.shown;
  std::vector<std::int64_t> blanks;
  Dice dice{5};
  for (int i = 1; i <= 1000; ++i) {
    const Time due = first + Nanoseconds{static_cast<std::int64_t>(i * 1e9 / rate)};
    const Time now = before.shown + 200us;
    const Time commit = std::max(now, pacer.earliest_commit(now, due)) + dice.between(0ns, 2ms);
    const ShownFrame frame = display.show(commit, due);
    EXPECT_EQ(find_miss(before, frame, display.period).count, 0u) << i;
    pacer.shown(frame);
    blanks.push_back((frame.shown - before.shown + display.period / 2) / display.period);
    before = frame;
  }
  return blanks;
}

class PacedCadence : public testing::TestWithParam<Pacer::Source> {};

TEST_P(PacedCadence, FilmOn60HertzAlternatesTwoAndThreeBlanks) {
  const auto blanks = cadence(24, 60, GetParam());
  for (std::size_t i = 1; i < blanks.size(); ++i) {
    ASSERT_EQ(blanks[i] + blanks[i - 1], 5) << i;
    ASSERT_TRUE(blanks[i] == 2 || blanks[i] == 3) << i;
  }
}

TEST_P(PacedCadence, TwentyFiveOn60HertzRepeatsFiveIntervals) {
  const auto blanks = cadence(25, 60, GetParam());
  for (std::size_t i = 4; i < blanks.size(); ++i) {
    ASSERT_EQ(blanks[i] + blanks[i - 1] + blanks[i - 2] + blanks[i - 3] + blanks[i - 4], 12) << i;
    ASSERT_TRUE(blanks[i] == 2 || blanks[i] == 3) << i;
  }
}

TEST_P(PacedCadence, WholeFractionsAreEven) {
  for (const auto& [rate, display_rate, each] :
       {std::tuple{30, 60, 2}, {24, 144, 6}, {50, 50, 1}, {25, 75, 3}}) {
    EXPECT_THAT(cadence(rate, display_rate, GetParam()), testing::Each(each)) << rate;
  }
}

INSTANTIATE_TEST_SUITE_P(Sources, PacedCadence,
                         testing::Values(Pacer::Source::vblank, Pacer::Source::timer));

}  // namespace
}  // namespace drmshow::test
