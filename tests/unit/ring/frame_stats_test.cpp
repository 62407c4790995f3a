// The histogram against a sorted vector.
#include "drm-show/frame_stats.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <random>
#include <vector>

namespace drmshow::test {
namespace {

using namespace std::chrono_literals;

Nanoseconds nearest_rank(const std::vector<Nanoseconds>& sorted, double percent) {
  const double rank = std::ceil(percent / 100 * static_cast<double>(sorted.size()));
  return sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

// From a microsecond to a minute, every length as likely as twice of it.
std::vector<Nanoseconds> random_lengths(std::size_t count, unsigned seed) {
  std::mt19937 random{seed};
  std::uniform_real_distribution<double> exponent{std::log(1'024), std::log(6e10)};
  std::vector<Nanoseconds> lengths(count);
  for (Nanoseconds& length : lengths)
    length = Nanoseconds{std::llround(std::exp(exponent(random)))};
  return lengths;
}

DurationHistogram histogram_of(const std::vector<Nanoseconds>& lengths) {
  DurationHistogram histogram;
  for (const Nanoseconds length : lengths) histogram.add(length);
  return histogram;
}

TEST(DurationHistogram, PercentilesAreThoseOfTheSortedValues) {
  for (const std::size_t count : {1u, 2u, 3u, 10u, 99u, 1000u, 30'000u}) {
    std::vector<Nanoseconds> lengths = random_lengths(count, 5);
    const DurationHistogram histogram = histogram_of(lengths);
    std::sort(lengths.begin(), lengths.end());
    EXPECT_EQ(histogram.count(), count);
    EXPECT_EQ(histogram.min(), lengths.front());
    EXPECT_EQ(histogram.max(), lengths.back());
    for (const double percent : {0.0, 0.1, 1.0, 25.0, 50.0, 75.0, 90.0, 99.0, 99.9, 100.0}) {
      const Nanoseconds exact = nearest_rank(lengths, percent);
      const auto difference = std::abs((histogram.percentile(percent) - exact).count());
      EXPECT_LE(difference, exact.count() / 64) << count << " values, " << percent << " %";
    }
  }
}

TEST(DurationHistogram, BucketsAreAtMostA64thOfTheirValueWide) {
  const std::vector<Nanoseconds> lengths = random_lengths(20'000, 9);
  const DurationHistogram histogram = histogram_of(lengths);
  std::uint64_t sum = 0;
  Nanoseconds end{};
  for (auto bin = histogram.bin_from({}); bin; bin = histogram.bin_from(bin->to)) {
    ASSERT_GE(bin->from, end);
    ASSERT_GT(bin->count, 0u);
    ASSERT_LE((bin->to - bin->from) * 64, bin->from);
    const auto inside = std::count_if(lengths.begin(), lengths.end(), [&](Nanoseconds length) {
      return length >= bin->from && length < bin->to;
    });
    ASSERT_EQ(bin->count, static_cast<std::uint64_t>(inside)) << bin->from.count();
    ASSERT_EQ(histogram.count_between(bin->from, bin->to), bin->count);
    sum += bin->count;
    end = bin->to;
  }
  EXPECT_EQ(sum, lengths.size());
  EXPECT_FALSE(histogram.bin_from(Nanoseconds::max()));
}

TEST(DurationHistogram, CountsBetween) {
  DurationHistogram histogram;
  for (const Nanoseconds length : {1ms, 2ms, 2ms, 30ms}) histogram.add(length);
  EXPECT_EQ(histogram.count_between(0ms, Nanoseconds::max()), 4u);
  EXPECT_EQ(histogram.count_between(0ms, 1500us), 1u);
  EXPECT_EQ(histogram.count_between(1500us, 10ms), 2u);
  EXPECT_EQ(histogram.count_between(10ms, 1500us), 0u);
  EXPECT_EQ(histogram.count_between(-1ms, 1500us), 1u);
}

TEST(DurationHistogram, NothingIsNothing) {
  const DurationHistogram histogram;
  EXPECT_EQ(histogram.count(), 0u);
  EXPECT_EQ(histogram.min(), 0ns);
  EXPECT_EQ(histogram.max(), 0ns);
  EXPECT_EQ(histogram.percentile(99), 0ns);
  EXPECT_FALSE(histogram.bin_from({}));
}

TEST(DurationHistogram, AllTheSameIsExact) {
  DurationHistogram histogram;
  for (int i = 0; i < 1000; ++i) histogram.add(16'683'333ns);
  EXPECT_EQ(histogram.median(), 16'683'333ns);
  EXPECT_EQ(histogram.percentile(99), 16'683'333ns);
}

TEST(DurationHistogram, NearlyTheSameIsNearlyExact) {
  DurationHistogram histogram;
  for (int i = 0; i < 1000; ++i) histogram.add(16'660'000ns + (i % 15) * 1us);
  histogram.add(33'333'000ns);
  histogram.add(1ms);
  EXPECT_NEAR(static_cast<double>(histogram.median().count()), 16'667'000, 1'000);
}

TEST(DurationHistogram, TheEndsHoldWhatIsBeyondThem) {
  DurationHistogram histogram;
  for (const Nanoseconds length :
       std::array<Nanoseconds, 5>{Nanoseconds::min(), -1ns, 0ns, 90s, Nanoseconds::max()}) {
    histogram.add(length);
  }
  EXPECT_EQ(histogram.min(), 0ns);
  EXPECT_EQ(histogram.max(), Nanoseconds::max());
  EXPECT_LT(histogram.median(), 20ns);
  EXPECT_EQ(histogram.percentile(100), Nanoseconds::max());
  EXPECT_EQ(histogram.count_between({}, 1us), 3u);
  EXPECT_EQ(histogram.count_between(60s, Nanoseconds::max()), 2u);
  EXPECT_EQ(histogram.count_between(80s, Nanoseconds::max()), 0u) << "they are counted once";
  EXPECT_EQ(histogram.bin_from(1s)->to, Nanoseconds::max());
}

TEST(DurationHistogram, TwoRunsCountAsOne) {
  DurationHistogram both;
  DurationHistogram one;
  DurationHistogram other;
  for (int i = 1; i <= 200; ++i) {
    const Nanoseconds length = 37us * i;
    both.add(length);
    (i % 3 == 0 ? one : other).add(length);
  }
  one.add(other);
  one.add(DurationHistogram{});
  EXPECT_EQ(one.count(), both.count());
  EXPECT_EQ(one.min(), both.min());
  EXPECT_EQ(one.max(), both.max());
  for (const double percent : {1.0, 25.0, 50.0, 99.0}) {
    EXPECT_EQ(one.percentile(percent), both.percentile(percent)) << percent;
  }
  DurationHistogram empty;
  empty.add(both);
  EXPECT_EQ(empty.min(), both.min());
}

TEST(OutputStatsTest, TwoRunsCountAsOne) {
  OutputStats stats;
  stats.counts = {10, 7, 2, 1};
  stats.missed[1] = 3;
  stats.held_back[2] = 5;
  OutputStats other;
  other.counts = {5, 5, 0, 0};
  other.missed[1] = 4;
  other.held_back[2] = 6;
  other.interval.add(16ms);
  stats.add(other);
  EXPECT_EQ(stats.counts, (FrameCounts{15, 12, 2, 1}));
  EXPECT_EQ(stats.missed[1], 7u);
  EXPECT_EQ(stats.held_back[2], 11u);
  EXPECT_EQ(stats.interval.count(), 1u);
}

// Half a year of frames, without showing them: the first bucket is the object's first member.
TEST(DurationHistogram, AFullBucketStaysFull) {
  DurationHistogram histogram;
  const std::uint32_t most = 0xffff'ffff;
  std::memcpy(static_cast<void*>(&histogram), &most, sizeof most);
  histogram.add(0ns);
  EXPECT_EQ(histogram.count_between({}, 1us), most);
  histogram.add(20ms);
  EXPECT_LT(histogram.median(), 16ns);
  EXPECT_EQ(histogram.percentile(100), 20ms);
}

}  // namespace
}  // namespace drmshow::test
