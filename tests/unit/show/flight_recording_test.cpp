// What drm-show records, as a reader sees it.
#include "show/flight_recording.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <optional>

#include <gtest/gtest.h>

#include "drm-show/recording.hpp"
#include "present/headless_presenter.hpp"
#include "show/messages.hpp"

namespace drmshow::test {
namespace {

constexpr std::size_t smallest = 64u << 10;

struct Show {
  explicit Show(std::size_t bytes) : recording{bytes, "drm-show --pattern bounce"} {
    options.observer = &recording;
    presenter.emplace(HeadlessWish{.size = {64, 32},
                                   .rate = 60,
                                   .looked_at = [](std::uint64_t) { return false; },
                                   .look = [](const Canvas&) {}},
                      Time{}, options);
    recording.introduce(*presenter);
  }

  void frames(int count) {
    for (int i = 0; i < count; ++i) {
      recording.look_back(*presenter);
      presenter->submit(*presenter->acquire());
      presenter->wait();
    }
  }
  RecordingFile file() const { return RecordingFile{recording.rescue().from.data()}; }

  FlightRecording recording;
  PresentOptions options;
  std::optional<HeadlessPresenter> presenter;
};

std::map<RecordTag, int> tags_of(const RecordBatch& batch) {
  std::map<RecordTag, int> tags;
  for (const Record& record : batch.records) ++tags[record.tag];
  return tags;
}

TEST(FlightRecording, BeginsWithWhatItIsAbout) {
  Show show{smallest};
  show.frames(1);
  const RecordBatch batch = show.file().read();
  const auto find = [&](RecordTag tag) {
    return *std::ranges::find(batch.records, tag, &Record::tag);
  };
  EXPECT_EQ(find(RecordTag::setting).text(), "command=drm-show --pattern bounce");
  EXPECT_EQ(find(RecordTag::stream).as<StreamRecord>().slots, 3);
  const auto output = find(RecordTag::output).as<OutputRecord>();
  EXPECT_EQ(find(RecordTag::output).text(output.text_at), "no display");
  EXPECT_NEAR(static_cast<double>(output.refresh_ns), 16'666'667, 50'000);
  EXPECT_EQ(find(RecordTag::ring).as<RingRecord>().last_number, 0u);
  const auto first = find(RecordTag::present).as<PresentRecord>();
  EXPECT_EQ(first.step, PresentStep::acquire);
  EXPECT_EQ(first.frame, 1u);
  EXPECT_EQ(show.file().info().program, "drm-show");
}

// However much was written: a reader finds a ring, and all that it needs to know before that.
TEST(FlightRecording, SaysAgainWhatIsOverwritten) {
  Show show{smallest};
  for (int round = 0; round < 50; ++round) {
    show.frames(97);
    const RecordBatch batch = show.file().read();
    const auto tags = tags_of(batch);
    EXPECT_GE(tags.at(RecordTag::ring), 3) << round;
    EXPECT_GE(tags.at(RecordTag::output), 3);
    EXPECT_GE(tags.at(RecordTag::setting), 9);
    EXPECT_GT(tags.at(RecordTag::present), 350) << "mostly it is about frames";
    const auto ring = std::ranges::find(batch.records, RecordTag::ring, &Record::tag);
    EXPECT_LT(ring - batch.records.begin(), 300);
    EXPECT_EQ(ring->as<RingRecord>().last_number == 0, round < 2) << round;
  }
}

TEST(FlightRecording, TellsOfSeatsMissesErrorsAndNotes) {
  Show show{smallest};
  show.recording.seat(false, SeatCause::vt);
  show.recording.on_missed({Time{}, 0, 0, MissReason::fence, 3, {1, 7}});
  show.recording.error(Error{Failure::device_lost, "card0: it went", "Look.", ENODEV});
  say_note("a cable is loose");
  const RecordBatch batch = show.file().read();
  const auto last = batch.records.end();
  const auto seat = (last - 4)->as<SeatRecord>();
  EXPECT_EQ(seat.ours, 0);
  const auto missed = (last - 3)->as<MissedRecord>();
  EXPECT_EQ(missed.count, 3u);
  EXPECT_EQ(missed.frame, 7u);
  EXPECT_EQ(missed.reason, static_cast<std::uint8_t>(MissReason::fence));
  const auto error = (last - 2)->as<ErrorRecord>();
  EXPECT_EQ(error.errnum, ENODEV);
  EXPECT_EQ(error.failure, 9);
  EXPECT_EQ((last - 2)->text(error.text_at), "card0: it went: No such device");
  EXPECT_EQ((last - 1)->tag, RecordTag::note);
  EXPECT_EQ((last - 1)->text(), "a cable is loose");
}

// A still picture writes nothing else.
TEST(FlightRecording, SaysThatItLivesOnceAMinute) {
  Show show{smallest};
  const auto clocks = [&] { return tags_of(show.file().read()).at(RecordTag::clock); };
  const int before = clocks();
  const Time due = show.recording.beat();
  EXPECT_EQ(due, show.recording.beat());
  EXPECT_EQ(clocks(), before) << "it is not due yet";
  EXPECT_GT(due - Clock::now(), std::chrono::seconds{30});
  EXPECT_LE(due - Clock::now(), std::chrono::seconds{60});
  const RecordBatch batch = show.file().read();
  const auto said =
      std::ranges::find(batch.records, RecordTag::clock, &Record::tag)->as<ClockRecord>();
  EXPECT_EQ(Nanoseconds{said.next_within_ns}, std::chrono::minutes{1});
  EXPECT_EQ(said.realtime_offset_ns / 1'000'000'000,
            show.file().info().realtime_offset / std::chrono::seconds{1});
}

TEST(FlightRecording, SaysAgainWhatTimeOfDayItIs) {
  Show show{smallest};
  show.frames(1000);
  EXPECT_GE(tags_of(show.file().read()).at(RecordTag::clock), 3);
}

TEST(FlightRecording, StreamsHaveNumbersOfTheirOwn) {
  Show show{smallest};
  EXPECT_EQ(show.recording.number_of(0), 0);
  show.recording.introduce(*show.presenter);
  EXPECT_EQ(show.recording.number_of(0), 1);
  show.frames(1);
  const RecordBatch batch = show.file().read();
  EXPECT_EQ(batch.records.back().as<PresentRecord>().stream, 1);
}

TEST(FlightRecording, IsGoneAtTheEnd) {
  std::string path;
  {
    const Show show{smallest};
    path = show.recording.rescue().from.data();
    EXPECT_TRUE(std::filesystem::exists(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  say_note("nobody records this");
}

TEST(FlightRecording, NoneDoesNothing) {
  FlightRecording none;
  none.set("key", "value");
  none.seat(true, SeatCause::vt);
  none.error("nothing");
  none.keep();
  EXPECT_FALSE(none.rescue().wanted());
}

}  // namespace
}  // namespace drmshow::test
