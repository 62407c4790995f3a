// Why blanks passed with nothing new: a table. Blanks are 10 ms apart, at 0, 10, 20, ...
#include <gtest/gtest.h>

#include <string>

#include "ring/pacer.hpp"

namespace drmshow::test {
namespace {

using namespace std::chrono_literals;

struct MissCase {
  std::string what;
  Nanoseconds ready, committed, shown, due;
  std::uint64_t count;
  MissReason reason = MissReason::display;
  int refusals = 0;
  bool fenced = false;
  std::uint32_t sequence_before = 0, sequence = 0;
};

constexpr Nanoseconds at_once = Nanoseconds::min();

void PrintTo(const MissCase& is, std::ostream* out) {
  *out << is.what;
}

class FindMiss : public testing::TestWithParam<MissCase> {};

TEST_P(FindMiss, CountsAndSaysWhy) {
  const MissCase& is = GetParam();
  ShownFrame before{};
  before.sequence = is.sequence_before;
  ShownFrame frame{};
  frame.submitted = frame.ready = Time{is.ready};
  frame.committed = Time{is.committed};
  frame.shown = Time{is.shown};
  frame.due = Time{is.due};
  frame.refusals = is.refusals;
  frame.fenced = is.fenced;
  frame.sequence = is.sequence;
  const Miss miss = find_miss(before, frame, 10ms);
  EXPECT_EQ(miss.count, is.count);
  if (is.count > 0) {
    EXPECT_EQ(miss.reason, is.reason);
  }
}

using enum MissReason;

INSTANTIATE_TEST_SUITE_P(
    Table, FindMiss,
    testing::Values(
        MissCase{"none", 5ms, 6ms, 10ms, at_once, 0},
        MissCase{"jitter is none", 5ms, 6ms, 14ms, at_once, 0},
        MissCase{"early is none", 5ms, 6ms, 3ms, at_once, 0},
        MissCase{"back in time is none", 5ms, 6ms, -50ms, at_once, 0},
        MissCase{"drawing", 12ms, 13ms, 20ms, at_once, 1, drawing},
        MissCase{"drawn just before", 9'900us, 13ms, 20ms, at_once, 1, drawing},
        MissCase{"drawing, several", 32ms, 33ms, 40ms, at_once, 3, drawing},
        MissCase{"fence", 12ms, 13ms, 20ms, at_once, 1, fence, 0, true},
        MissCase{"fence in time", 5ms, 13ms, 20ms, at_once, 1, commit, 0, true},
        MissCase{"commit", 5ms, 11ms, 20ms, at_once, 1, commit},
        MissCase{"commit just before", 5ms, 9'900us, 20ms, at_once, 1, commit},
        MissCase{"display", 5ms, 8ms, 20ms, at_once, 1, display},
        MissCase{"busy", 5ms, 8ms, 20ms, at_once, 1, busy, 1},
        MissCase{"busy counts first", 12ms, 13ms, 20ms, at_once, 1, busy, 3, true},
        MissCase{"not yet due", 5ms, 21ms, 30ms, 30ms, 0},
        MissCase{"due a little before a blank", 5ms, 21ms, 30ms, 26ms, 0, display, 0, false, 5, 8},
        MissCase{"due nearer to the blank before", 5ms, 21ms, 30ms, 24ms, 1, commit, 0, false, 5,
                 8},
        MissCase{"the same, but not so exact", 5ms, 21ms, 30ms, 24ms, 0},
        MissCase{"due long before", 5ms, 21ms, 30ms, 22ms, 1, commit},
        MissCase{"due for a while", 5ms, 41ms, 50ms, 30ms, 2, commit},
        MissCase{"drawn before it was due", 25ms, 31ms, 40ms, 30ms, 1, commit},
        MissCase{"drawn too late for when it was due", 31ms, 32ms, 40ms, 30ms, 1, drawing},
        MissCase{"due in the past", 12ms, 13ms, 20ms, -5h, 1, drawing},
        MissCase{"never due", 12ms, 13ms, 20ms, Nanoseconds::max(), 0},
        MissCase{"sequences count", 1ms, 1ms, 24ms, at_once, 2, display, 0, false, 7, 10},
        MissCase{"sequences that wrap", 1ms, 1ms, 20ms, at_once, 1, display, 0, false, ~0u, 1},
        MissCase{"sequences that stand still", 1ms, 1ms, 20ms, at_once, 1, display, 0, false, 7, 7},
        MissCase{"sequences set back", 1ms, 1ms, 20ms, at_once, 1, display, 0, false, 900, 1},
        MissCase{"an hour", 0ms, 0ms, 1h, at_once, 359'999, display}));

TEST(FindMissAtTheEnds, DoesNotOverflow) {
  ShownFrame before{};
  ShownFrame frame{};
  before.shown = Time::min();
  frame.shown = Time::max();
  frame.due = Time::min();
  EXPECT_GT(find_miss(before, frame, 10ms).count, 900'000'000'000u);
  EXPECT_EQ(find_miss(frame, before, 10ms).count, 0u);
  EXPECT_EQ(find_miss(before, frame, 0ns).count, 0u) << "no period, no blanks";
}

}  // namespace
}  // namespace drmshow::test
