// Whatever happens, the pacer stays sane; with UBSan: nothing overflows.
#include <gtest/gtest.h>

#include <array>

#include "simulated_display.hpp"

namespace drmshow::test {
namespace {

// Times that mean something special, and ordinary ones around a moving present.
Time some_time(Dice& dice, Time present) {
  constexpr std::array special{Time::min(), Time::max(),       Time{},
                               Time{-1ns},  Time::min() + 1ns, Time::max() - 1ns};
  const auto pick = static_cast<std::size_t>(dice.between(0ns, 40ns).count());
  if (pick < special.size()) return special[pick];
  return present + dice.between(-50ms, 50ms);
}

Nanoseconds some_cost(Dice& dice) {
  const auto pick = dice.between(0ns, 20ns).count();
  if (pick == 0) return Nanoseconds::max();
  if (pick == 1) return Nanoseconds::min();
  return dice.between(-1ms, 30ms);
}

ShownFrame some_frame(Dice& dice, Time present) {
  ShownFrame frame{};
  for (Time* time : {&frame.submitted, &frame.ready, &frame.committed, &frame.due, &frame.shown}) {
    *time = some_time(dice, present);
  }
  if (dice.between(0ns, 3ns) != 0ns) frame.shown = present;
  frame.sequence = static_cast<std::uint32_t>(dice.between(0ns, 0xffff'ffffns).count());
  if (dice.between(0ns, 1ns) == 0ns) frame.sequence %= 4;
  frame.refusals = dice.between(0ns, 3ns) == 0ns ? 1 : 0;
  return frame;
}

void expect_sane(const Pacer& pacer, Nanoseconds nominal) {
  ASSERT_GE(pacer.period(), nominal / 4 - nominal / 100);
  ASSERT_LE(pacer.period(), nominal * 4 + nominal / 10);
  ASSERT_GT(pacer.margin(), 0ns);
  ASSERT_LE(pacer.margin(), pacer.period());
  ASSERT_GE(pacer.draw_cost(), 0ns);
  ASSERT_LE(pacer.draw_cost(), 1s);
  ASSERT_GE(pacer.commit_cost(), 0ns);
}

void ask_everything(const Pacer& pacer, Time time, Time due) {
  ASSERT_GE(pacer.vblank_after(time), time);
  ASSERT_LE(pacer.latest_draw(time), pacer.latest_commit(time));
  const Time earliest = pacer.earliest_commit(time, due);
  if (pacer.source() == Pacer::Source::immediate) {
    ASSERT_GE(earliest, time);
  }
  // "Never" stays far away.
  if (due == Time::max() && time < Time{300'000h}) {
    ASSERT_GT(earliest, Time{1'000'000h});
  }
}

class PacerHistories : public testing::TestWithParam<Pacer::Source> {};

TEST_P(PacerHistories, StaysWithinSaneBounds) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    Dice dice{seed};
    const Nanoseconds nominal = hertz(seed % 3 == 0 ? 60 : seed % 3 == 1 ? 144 : 24);
    Pacer pacer{nominal, GetParam()};
    Time present{1h};
    ShownFrame before = some_frame(dice, present);
    for (int i = 0; i < 500; ++i) {
      present += dice.between(-1ms, 2 * nominal);
      const ShownFrame frame = some_frame(dice, present);
      pacer.shown(frame);
      pacer.drawn(some_cost(dice));
      pacer.committed(some_cost(dice));
      if (dice.between(0ns, 50ns) == 0ns) pacer.resync();
      ASSERT_NO_FATAL_FAILURE(expect_sane(pacer, nominal));
      ASSERT_NO_FATAL_FAILURE(
          ask_everything(pacer, some_time(dice, present), some_time(dice, present)));
      const Miss miss = find_miss(before, frame, pacer.period());
      ASSERT_LE(miss.count, std::uint64_t{1} << 46) << "no more than there is time";
      before = frame;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sources, PacerHistories,
                         testing::Values(Pacer::Source::vblank, Pacer::Source::timer,
                                         Pacer::Source::immediate));

TEST(PacerHistories, SteadyDisplaysOfAnyRateAreBelievedWithinBounds) {
  for (double rate = 5; rate < 1000; rate *= 1.1) {
    SimulatedDisplay display{hertz(rate)};
    Pacer pacer{hertz(60)};
    show_all(pacer, display, 1, 200);
    ASSERT_NO_FATAL_FAILURE(expect_sane(pacer, hertz(60)));
    if (rate > 21 && rate < 110) {
      EXPECT_NEAR(static_cast<double>(pacer.period().count()), 1e9 / rate, 2e7 / rate) << rate;
    }
  }
}

TEST(PacerHistories, RatesThatCreepAwayAreNotFollowedForEver) {
  for (const int percent : {60, 160}) {
    SimulatedDisplay display{hertz(60)};
    Pacer pacer{hertz(60)};
    for (int i = 0; i < 10 && display.period < 900ms; ++i) {
      show_all(pacer, display, 1, 50);
      ASSERT_NO_FATAL_FAILURE(expect_sane(pacer, hertz(60)));
      display.start = display.blank(50);
      display.first_sequence += 50;
      display.period = display.period * percent / 100;
    }
  }
}

TEST(PacerHistories, ModesWithoutARateCountAsSixtyHertz) {
  for (const Nanoseconds period : {0ns, -5ns, Nanoseconds::max(), Nanoseconds::min(), 1ns}) {
    const Pacer pacer{period};
    EXPECT_NEAR(static_cast<double>(pacer.period().count()), 1e9 / 60, 1);
  }
}

}  // namespace
}  // namespace drmshow::test
