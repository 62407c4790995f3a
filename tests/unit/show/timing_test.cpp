#include "show/timing.hpp"

#include <gtest/gtest.h>

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr Time begin{500s};

TEST(FrameTimingTest, AtTheDisplaysRateFramesShowTheTimeAtWhichTheyAreSeen) {
  FrameTiming timing{std::nullopt, begin};
  const auto first = timing.next(begin + 20ms, begin);
  EXPECT_EQ(first.moment, (Moment{1, 20ms}));
  EXPECT_EQ(first.due, Time::min());
  EXPECT_EQ(timing.next(begin + 37ms, begin + 10ms).moment, (Moment{2, 37ms}));
  EXPECT_EQ(timing.next_due(), Time::min());
}

TEST(FrameTimingTest, TimeDoesNotBeginBeforeTheAnimation) {
  FrameTiming timing{std::nullopt, begin};
  EXPECT_EQ(timing.next(begin - 5ms, begin).moment.time, 0ms);
}

TEST(FrameTimingTest, AtARateOfItsOwnEachRunHasTheSameFrames) {
  FrameTiming timing{40ms, begin};
  for (int i = 0; i < 100; ++i) {
    const auto next = timing.next(begin + i * 43ms, begin + 3s + i * 37ms);
    EXPECT_EQ(next.moment, (Moment{static_cast<std::uint64_t>(i) + 1, i * 40ms}));
    EXPECT_EQ(next.due, begin + 3s + i * 40ms);  // from the first frame on
  }
}

TEST(FrameTimingTest, AfterAHitchFramesDoNotCrowd) {
  FrameTiming timing{40ms, begin};
  EXPECT_EQ(timing.next({}, begin).due, begin);
  EXPECT_EQ(timing.next({}, begin + 1s).due, begin + 1s);
  EXPECT_EQ(timing.next({}, begin + 1s).due, begin + 1040ms);
}

TEST(FrameTimingTest, GoesOnWhereItWasPutOffAndWhereAnotherEnded) {
  FrameTiming timing{std::nullopt, begin};
  timing.put_off(10s);
  EXPECT_EQ(timing.next(begin + 10s + 20ms, begin + 10s).moment, (Moment{1, 20ms}));
  FrameTiming later{40ms, begin, 7};
  EXPECT_EQ(later.next({}, begin + 1s).moment, (Moment{8, 280ms}));
  EXPECT_EQ(later.number(), 8u);
}

TEST(FrameTimingTest, ALittleLateIsMadeUpFor) {
  FrameTiming timing{40ms, begin};
  static_cast<void>(timing.next({}, begin));
  EXPECT_EQ(timing.next({}, begin + 90ms).due, begin + 40ms);
  EXPECT_EQ(timing.next_due(), begin + 80ms);
}

}  // namespace
}  // namespace drmshow
