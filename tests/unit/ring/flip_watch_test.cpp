#include "ring/flip_watch.hpp"

#include <gtest/gtest.h>

namespace drmshow {
namespace {

using namespace std::chrono_literals;
using Step = FlipWatch::Step;

constexpr Time begin{1000s};
constexpr Nanoseconds frame = 16ms;

TEST(FlipWatchTest, NothingIsDueWhileNothingIsPending) {
  FlipWatch watch{frame};
  EXPECT_EQ(watch.deadline(), Time::max());
  EXPECT_EQ(watch.check(begin + 1h), Step::none);
  watch.committed(begin);
  watch.flipped();
  EXPECT_EQ(watch.deadline(), Time::max());
  EXPECT_EQ(watch.check(begin + 1h), Step::none);
}

TEST(FlipWatchTest, LooksOnceThenResetsOnce) {
  FlipWatch watch{frame};
  watch.committed(begin);
  EXPECT_EQ(watch.check(begin + 249ms), Step::none);
  EXPECT_EQ(watch.deadline(), begin + 250ms);
  EXPECT_EQ(watch.check(begin + 250ms), Step::look);
  EXPECT_EQ(watch.deadline(), begin + 1s);
  EXPECT_EQ(watch.check(begin + 999ms), Step::none);
  EXPECT_EQ(watch.check(begin + 1s), Step::reset);
  EXPECT_EQ(watch.check(begin + 2s), Step::none);
}

TEST(FlipWatchTest, SlowDisplaysGetEightFrames) {
  FlipWatch watch{100ms};
  watch.committed(begin);
  EXPECT_EQ(watch.deadline(), begin + 800ms);
}

TEST(FlipWatchTest, ThreeResetsInARowAreTheLast) {
  FlipWatch watch{frame};
  Time now = begin;
  const auto lose = [&] {
    watch.committed(now);
    EXPECT_EQ(watch.check(now += 300ms), Step::look);
    return watch.check(now += 1s);
  };
  EXPECT_EQ(lose(), Step::reset);
  EXPECT_EQ(lose(), Step::reset);
  watch.committed(now);
  watch.flipped();  // one that comes forgives those before it
  EXPECT_EQ(lose(), Step::reset);
  EXPECT_EQ(lose(), Step::reset);
  EXPECT_EQ(lose(), Step::reset);
  EXPECT_EQ(lose(), Step::give_up);
}

TEST(FlipWatchTest, ASlowGpuIsExcused) {
  FlipWatch watch{frame};
  watch.committed(begin);
  EXPECT_EQ(watch.check(begin + 250ms), Step::look);
  watch.excuse(begin + 260ms);
  EXPECT_EQ(watch.check(begin + 509ms), Step::none);
  EXPECT_EQ(watch.check(begin + 510ms), Step::look);
}

TEST(FlipWatchTest, WhatIsForgottenIsNotWatched) {
  FlipWatch watch{frame};
  watch.committed(begin);
  watch.forget();
  EXPECT_EQ(watch.check(begin + 1h), Step::none);
}

}  // namespace
}  // namespace drmshow
