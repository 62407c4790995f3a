#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "record_maker.hpp"
#include "trace/complete.hpp"
#include "trace/gc.hpp"
#include "trace/recording_entry.hpp"

namespace drmshow {
namespace {

using std::chrono::hours;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Nanoseconds now_of_test = hours{24 * 365 * 50};
constexpr NowClocks clocks_of_test{now_of_test, hours{10}};

// Begun an hour ago; what is dead has ended half an hour ago.
RecordingEntry entry(int pid, RecordingState state, RecordingPlace place = RecordingPlace::memory) {
  RecordingEntry entry;
  entry.pid = pid;
  entry.state = state;
  entry.place = place;
  entry.path =
      (place == RecordingPlace::saved ? "/state/" : "/dev/shm/drm-record.") + std::to_string(pid);
  entry.program = "drm-show";
  entry.version = "0.1.0";
  entry.realtime_offset = now_of_test - hours{1};
  if (state == RecordingState::died)
    entry.end = RecordingEnd{.time = Time{} + std::chrono::minutes{30},
                             .realtime_offset = entry.realtime_offset,
                             .noted = true};
  entry.bytes = 1183744;
  entry.owner = 1000;
  return entry;
}

TEST(ListText, HasALineForEach) {
  ::setenv("TZ", "UTC", 1);
  ::tzset();
  const std::vector entries{entry(12, RecordingState::running), entry(7, RecordingState::died),
                            entry(8, RecordingState::forbidden),
                            entry(9, RecordingState::ended, RecordingPlace::saved)};
  EXPECT_EQ(list_text(entries, clocks_of_test),
            "PID  PROGRAM         STATE                 BEGAN                   SIZE  FILE\n"
            " 12  drm-show 0.1.0  running               2019-12-19 23:00:00  1.1 MiB  "
            "/dev/shm/drm-record.12\n"
            "  7  drm-show 0.1.0  died 30 min 0 s ago   2019-12-19 23:00:00  1.1 MiB  "
            "/dev/shm/drm-record.7\n"
            "  8  drm-show 0.1.0  not ours (user 1000)  -                    1.1 MiB  "
            "/dev/shm/drm-record.8\n"
            "  9  drm-show 0.1.0  ended, saved          2019-12-19 23:00:00  1.1 MiB  /state/9\n");
  EXPECT_THAT(list_text({}, clocks_of_test), HasSubstr("There are no recordings"));
}

TEST(ListJson, HasWhatIsKnown) {
  const std::vector entries{entry(7, RecordingState::died), entry(8, RecordingState::forbidden)};
  const std::string json = list_json(entries);
  EXPECT_THAT(json, AllOf(HasSubstr("\"pid\": 7"), HasSubstr("\"state\": \"died\""),
                          HasSubstr("\"end_realtime_ns\": 1576798200000000000"),
                          HasSubstr("\"state\": \"not ours\"")));
  EXPECT_EQ(list_json({}), "[]\n");
}

struct Chosen {
  std::string path;
  Failure failure{};
  std::string hint;
};

template <class Choose>
Chosen tried(const Choose& choose) {
  try {
    return {choose(), Failure{}, {}};
  } catch (const Error& error) {
    return {{}, error.failure(), error.hint()};
  }
}

Chosen choose(std::string_view word, const std::vector<RecordingEntry>& entries) {
  return tried([&] { return choose_recording(word, entries); });
}

TEST(ChooseRecording, ByPidOrPath) {
  const std::vector entries{entry(12, RecordingState::running), entry(7, RecordingState::died),
                            entry(9, RecordingState::died, RecordingPlace::saved),
                            entry(7, RecordingState::died, RecordingPlace::saved)};
  EXPECT_EQ(choose("12", entries).path, "/dev/shm/drm-record.12");
  EXPECT_EQ(choose("7", entries).path, "/dev/shm/drm-record.7") << "that in memory first";
  EXPECT_EQ(choose("9", entries).path, "/state/9");
  EXPECT_EQ(choose("./7", entries).path, "./7");
  EXPECT_EQ(choose("7x", entries).path, "7x");
  EXPECT_EQ(choose("99", entries).failure, Failure::not_found);
  EXPECT_EQ(choose("99999999999999999999", entries).failure, Failure::not_found);
}

TEST(ChooseRecording, TheOnlyOne) {
  const auto saved = entry(9, RecordingState::died, RecordingPlace::saved);
  const auto dead = entry(7, RecordingState::died);
  EXPECT_EQ(choose("", {dead, saved}).path, dead.path);
  EXPECT_EQ(choose("-", {saved}).path, saved.path);
  EXPECT_EQ(choose("", {dead, entry(8, RecordingState::forbidden)}).path, dead.path);
  EXPECT_EQ(choose("", {}).failure, Failure::not_found);
  EXPECT_EQ(choose("", {entry(8, RecordingState::forbidden)}).failure, Failure::no_permission);
  const Chosen several = choose("", {dead, entry(12, RecordingState::running)});
  EXPECT_EQ(several.failure, Failure::usage);
  EXPECT_THAT(several.hint, AllOf(HasSubstr("7  drm-show  /dev/shm/drm-record.7"),
                                  HasSubstr("12  drm-show  /dev/shm/drm-record.12")));
}

// A process that has a number again, and the one that died with it.
TEST(ChooseRecording, TheRunningOneOfSeveral) {
  RecordingEntry second = entry(7, RecordingState::running);
  second.path += ".1";
  EXPECT_EQ(choose("7", {entry(7, RecordingState::died), second}).path, second.path);
  second.state = RecordingState::died;
  EXPECT_EQ(choose("7", {entry(7, RecordingState::died), second}).failure, Failure::usage);
}

TEST(ChooseToFollow, PrefersWhatRuns) {
  const std::vector entries{entry(12, RecordingState::running), entry(7, RecordingState::died)};
  EXPECT_EQ(choose_to_follow("", entries), entries[0].path);
  EXPECT_EQ(choose_to_follow("7", entries), entries[1].path);
  EXPECT_EQ(choose_to_follow("", std::span{entries}.subspan(1)), entries[1].path);
  const std::vector both{entry(1, RecordingState::running), entry(2, RecordingState::running)};
  EXPECT_EQ(tried([&] { return choose_to_follow("", both); }).failure, Failure::usage);
}

GcDecision decided(const RecordingEntry& entry, std::uint32_t user = 1000,
                   std::optional<Nanoseconds> older_than = std::nullopt) {
  return decide_gc(entry, {user, older_than, clocks_of_test});
}

TEST(Gc, RemovesWhatIsDead) {
  EXPECT_TRUE(decided(entry(7, RecordingState::died)).remove);
  EXPECT_TRUE(decided(entry(7, RecordingState::ended)).remove);
  EXPECT_TRUE(decided(entry(7, RecordingState::died), 0).remove) << "root: everybody's";
  EXPECT_EQ(decided(entry(7, RecordingState::died)).why, "PID 7 has died");
}

TEST(Gc, NeverRemovesWhatRuns) {
  for (const std::uint32_t user : {0u, 1000u}) {
    EXPECT_FALSE(decided(entry(7, RecordingState::running), user).remove);
    EXPECT_FALSE(decided(entry(7, RecordingState::running), user, Nanoseconds{}).remove);
  }
}

TEST(Gc, LeavesOthersAlone) {
  EXPECT_FALSE(decided(entry(7, RecordingState::died), 1001).remove);
  EXPECT_FALSE(decided(entry(7, RecordingState::forbidden)).remove);
  EXPECT_FALSE(decided(entry(7, RecordingState::died, RecordingPlace::saved)).remove);
}

TEST(Gc, GoesByAge) {
  const auto dead = entry(7, RecordingState::died);  // for half an hour
  EXPECT_FALSE(decided(dead, 1000, std::chrono::minutes{31}).remove);
  EXPECT_TRUE(decided(dead, 1000, std::chrono::minutes{29}).remove);
  const auto saved = entry(7, RecordingState::died, RecordingPlace::saved);
  EXPECT_TRUE(decided(saved, 1000, std::chrono::minutes{29}).remove);
  EXPECT_FALSE(decided(saved, 1000, std::chrono::minutes{31}).remove);
  RecordingEntry future = dead;
  future.end->time = Time{} + hours{2};
  EXPECT_TRUE(decided(future, 1000, Nanoseconds{}).remove);
  EXPECT_FALSE(decided(future, 1000, Nanoseconds{1}).remove);
}

// A still picture writes a record a minute; who saw its program dead knows better.
TEST(Gc, TakesNobodyForLongDeadWhoMayHaveLivedOn) {
  RecordingEntry dead = entry(7, RecordingState::died);
  dead.end->noted = false;
  dead.end->within = std::chrono::minutes{2};
  EXPECT_FALSE(decided(dead, 1000, std::chrono::minutes{29}).remove);
  EXPECT_TRUE(decided(dead, 1000, std::chrono::minutes{27}).remove);
  EXPECT_THAT(list_text({&dead, 1}, clocks_of_test), HasSubstr("died at most 30 min 0 s ago"));
  dead.end->within = Nanoseconds::max();
  EXPECT_FALSE(decided(dead, 1000, std::chrono::minutes{1}).remove);
}

// The clock of the day was set by an hour after its end.
TEST(Gc, GoesByTheClockThatNobodySets) {
  RecordingEntry dead = entry(7, RecordingState::died);
  dead.end->since_boot = hours{10} - std::chrono::minutes{1};
  dead.end->realtime_offset -= hours{1};
  EXPECT_FALSE(decided(dead, 1000, std::chrono::minutes{2}).remove);
  EXPECT_THAT(list_text({&dead, 1}, clocks_of_test), HasSubstr("died 1 min 0 s ago"));
}

// Someone may be about to make it.
TEST(Gc, KeepsWhatCannotBeReadWhileItsProcessIsThere) {
  RecordingEntry damaged = entry(7, RecordingState::unreadable);
  EXPECT_TRUE(decided(damaged).remove);
  EXPECT_FALSE(decided(damaged, 1000, hours{1}).remove) << "its age is not known";
  damaged.process_there = true;
  EXPECT_FALSE(decided(damaged).remove);
}

std::vector<std::string> completed(std::vector<std::string> words) {
  const std::vector entries{entry(12, RecordingState::running), entry(17, RecordingState::died),
                            entry(12, RecordingState::died, RecordingPlace::saved)};
  return complete_words(words, entries);
}

TEST(Complete, OffersWhatCouldComeNext) {
  EXPECT_THAT(completed({"su"}), ElementsAre("summary"));
  EXPECT_THAT(completed({"--json", "su"}), ElementsAre("summary"));
  EXPECT_THAT(completed({"--clock", "wall", "du"}), ElementsAre("dump"));
  EXPECT_THAT(completed({}), testing::SizeIs(10));
  EXPECT_THAT(completed({""}), testing::SizeIs(10));
  EXPECT_THAT(completed({"dump", ""}), ElementsAre("12", "17"));
  EXPECT_THAT(completed({"dump", "17"}), ElementsAre("17"));
  EXPECT_THAT(completed({"dump", "17", ""}), IsEmpty());
  EXPECT_THAT(completed({"why", ""}), ElementsAre("last", "missed"));
  EXPECT_THAT(completed({"why", "last", "1"}), ElementsAre("12", "17"));
  EXPECT_THAT(completed({"gc", ""}), IsEmpty());
}

}  // namespace
}  // namespace drmshow
