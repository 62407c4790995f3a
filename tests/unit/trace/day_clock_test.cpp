// The time of day of what was recorded while somebody set the clock.
#include "trace/day_clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record_maker.hpp"
#include "trace/dump.hpp"
#include "trace/summary.hpp"
#include "trace/why.hpp"

namespace drmshow {
namespace {

using std::chrono::hours;
using testing::HasSubstr;

constexpr Nanoseconds before_it_was_set = hours{24 * 365 * 20};

RecordingInfo info_of_test() {
  RecordingInfo info;
  info.program = "drm-show";
  info.begin = at_ms(0);
  info.realtime_offset = before_it_was_set;
  info.capacity = 1000'000;  // so that the first ones are there
  return info;
}

ClockRecord clock_after(Nanoseconds change) {
  return {(before_it_was_set + change).count(), 0, 60'000'000'000};
}

// Set by an hour after two seconds.
RecordMaker recording_of_test() {
  RecordMaker maker;
  maker.add(0, RecordTag::clock, clock_after({}));
  maker.text(1000, RecordTag::note, "early");
  maker.add(2000, RecordTag::clock, clock_after(hours{1}));
  maker.text(3000, RecordTag::note, "late");
  return maker;
}

TEST(DayClock, IsAsItWasSetLastBeforeThat) {
  const RecordMaker maker = recording_of_test();
  const DayClock day{info_of_test(), maker.records()};
  EXPECT_EQ(day.offset_at(at_ms(-5)), before_it_was_set);
  EXPECT_EQ(day.offset_at(at_ms(1999)), before_it_was_set);
  EXPECT_EQ(day.offset_at(at_ms(2000)), before_it_was_set + hours{1});
  EXPECT_EQ(day.offset_at(at_ms(9000)), before_it_was_set + hours{1});
}

// What the header says was true long ago.
TEST(DayClock, IsTheFirstThatIsKnownWhereTheBeginIsOverwritten) {
  const RecordMaker maker = recording_of_test();
  RecordingInfo info = info_of_test();
  info.capacity = 64;
  const DayClock day{info, std::span{maker.records()}.subspan(2)};
  EXPECT_EQ(day.offset_at(at_ms(1000)), before_it_was_set + hours{1});
}

TEST(DayClock, OfOlderRecordingsIsThatOfTheHeader) {
  RecordMaker maker;
  maker.text(1000, RecordTag::note, "early");
  RecordingInfo info = info_of_test();
  info.capacity = 64;
  EXPECT_EQ((DayClock{info, maker.records()}.offset_at(at_ms(1000))), before_it_was_set);
  info.died = at_ms(5000);
  info.died_realtime_offset = before_it_was_set + hours{2};
  EXPECT_EQ((DayClock{info, maker.records()}.offset_at(at_ms(4999))), before_it_was_set);
  EXPECT_EQ((DayClock{info, maker.records()}.offset_at(at_ms(5000))), before_it_was_set + hours{2});
}

TEST(DayClock, CountsForWhatIsToldToPeople) {
  ::setenv("TZ", "UTC", 1);
  ::tzset();
  const RecordMaker maker = recording_of_test();
  RecordingInfo info = info_of_test();
  const DumpClock clock{TraceClock::wall, info.begin, DayClock{info, maker.records()}};
  EXPECT_THAT(dump_line(maker.records()[1], clock), HasSubstr("1989-12-27 00:00:01.000000 "));
  EXPECT_THAT(dump_line(maker.records()[3], clock), HasSubstr("1989-12-27 01:00:03.000000 "));
  const Story story = tell_story(maker.records());
  EXPECT_THAT(summary_text(summarise(story), story, info, false),
              AllOf(HasSubstr("died after 1989-12-27 01:00:03; 3.0 s are"),
                    HasSubstr("00:00:01.000000  early\n"), HasSubstr("01:00:03.000000  late\n")));
  info.died = at_ms(8000);
  info.died_realtime_offset = before_it_was_set + hours{1};
  EXPECT_THAT(summary_text(summarise(story), story, info, false),
              HasSubstr("died at 1989-12-27 01:00:08; 3.0 s are"));
}

}  // namespace
}  // namespace drmshow
