#include "wayland/presentation_clock.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace drmshow {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(PresentationClock, OursIsTakenAsItIs) {
  const PresentationClock clock{CLOCK_MONOTONIC};
  EXPECT_EQ(clock.to_ours(Nanoseconds{123456789}), Time{Nanoseconds{123456789}});
  EXPECT_EQ(clock.to_theirs(Time{Nanoseconds{123456789}}), Nanoseconds{123456789});
}

TEST(PresentationClock, OthersAreCompared) {
  for (const clockid_t id : {CLOCK_MONOTONIC_RAW, CLOCK_REALTIME, CLOCK_BOOTTIME}) {
    timespec now{};
    ASSERT_EQ(::clock_gettime(id, &now), 0);
    const PresentationClock clock{id};
    const auto ours = clock.to_ours(seconds{now.tv_sec} + Nanoseconds{now.tv_nsec});
    ASSERT_TRUE(ours);
    EXPECT_LT(std::chrono::abs(Clock::now() - *ours), seconds{1}) << id;
    const auto back = clock.to_theirs(*ours);
    ASSERT_TRUE(back);
    const auto wrong = *back - (seconds{now.tv_sec} + Nanoseconds{now.tv_nsec});
    EXPECT_LT(std::chrono::abs(wrong), milliseconds{100}) << id;
  }
}

TEST(PresentationClock, UnknownOnesTellNothing) {
  const PresentationClock clock{4711};
  EXPECT_FALSE(clock.to_ours(Nanoseconds{1}));
  EXPECT_FALSE(clock.to_theirs(Time{Nanoseconds{1}}));
}

TEST(WireTime, HasSecondsInHalves) {
  EXPECT_EQ(from_wire({0, 2, 3}), Nanoseconds{2'000'000'003});
  EXPECT_EQ(from_wire({1, 0, 0}), Nanoseconds{seconds{4294967296}});
  EXPECT_EQ(to_wire(Nanoseconds{2'000'000'003}), (WireTime{0, 2, 3}));
  EXPECT_EQ(to_wire(Nanoseconds{seconds{4294967297}}), (WireTime{1, 1, 0}));
}

TEST(WireTime, ThatIsNoneIsNone) {
  EXPECT_FALSE(from_wire({0, 0, 1'000'000'000}));
  EXPECT_FALSE(from_wire({0xffffffff, 0, 0}));
}

}  // namespace
}  // namespace drmshow
