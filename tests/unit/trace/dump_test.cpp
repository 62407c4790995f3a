#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record_maker.hpp"
#include "trace/dump.hpp"
#include "trace/record_fields.hpp"

namespace drmshow {
namespace {

using testing::HasSubstr;

std::string words_of(const RecordMaker& maker) {
  return record_words(maker.records().back(), [](Time time) {
    return std::to_string(time.time_since_epoch().count()) + "ns";
  });
}

template <class Payload>
std::string words_of(RecordTag tag, const Payload& payload) {
  RecordMaker maker;
  maker.add(1, tag, payload);
  return words_of(maker);
}

std::string words_of(const Step& step) {
  RecordMaker maker;
  maker.step(1, step);
  return words_of(maker);
}

TEST(RecordWords, OfSteps) {
  EXPECT_EQ(words_of({.step = PresentStep::acquire, .frame = 7, .slot = 2, .stream = 1}),
            "acquire stream=1 output=0 frame=7 slot=2");
  EXPECT_EQ(words_of({.step = PresentStep::submit, .frame = 7, .fence = RenderFence::native}),
            "submit stream=0 output=0 frame=7 slot=0 fence=native");
  EXPECT_EQ(words_of({.step = PresentStep::busy, .frame = 7, .errnum = EBUSY, .cookie = 3}),
            "busy stream=0 output=0 frame=7 slot=0 cookie=3 errno=EBUSY");
  EXPECT_EQ(
      words_of({.step = PresentStep::flip, .frame = 7, .cookie = 3, .sequence = 61, .shown_ms = 2}),
      "flip stream=0 output=0 frame=7 slot=0 cookie=3 sequence=61 shown=2000000ns");
  EXPECT_EQ(words_of({.step = PresentStep::superseded, .frame = 7, .by = 9}),
            "superseded stream=0 output=0 frame=7 slot=0 by=9");
  EXPECT_EQ(words_of({.step = PresentStep::unseen, .frame = 7}),
            "unseen stream=0 output=0 frame=7 slot=0");
  EXPECT_EQ(words_of({.step = PresentStep{99}}), "step 99 stream=0 output=0");
}

TEST(RecordWords, OfCommitFlags) {
  PresentRecord commit{};
  commit.step = PresentStep::commit;
  commit.flags = 0x201 | 0x2 | 0x8000;
  EXPECT_EQ(words_of(RecordTag::present, commit),
            "commit stream=0 output=0 flags=event|async|nonblock|0x8000");
}

TEST(RecordWords, OfTheRest) {
  EXPECT_EQ(words_of(RecordTag::stream, StreamRecord{.stream = 1,
                                                     .slots = 3,
                                                     .outputs = 2,
                                                     .policy = RingPolicy::mailbox,
                                                     .slot_return = SlotReturn::release}),
            "stream stream=1 slots=3 outputs=2 policy=mailbox return=release");
  EXPECT_EQ(
      words_of(RecordTag::missed,
               MissedRecord{
                   .stream = 0, .output = 1, .reason = 3, .reserved = 0, .count = 2, .frame = 9}),
      "missed stream=0 output=1 frame=9 count=2 reason=busy");
  EXPECT_EQ(words_of(RecordTag::seat, SeatRecord{.ours = 0, .cause = 1}),
            "seat ours=0 cause=master");
  DrawRecord draw{};
  draw.frame = 4;
  draw.by_gpu = 1;
  EXPECT_EQ(words_of(RecordTag::draw_end, draw), "draw_end stream=0 frame=4 slot=0 by_gpu=1");
  RecordMaker maker;
  maker.error(1, {.text_at = 0, .failure = 9, .errnum = ENODEV}, "card0: \"gone\"\n");
  EXPECT_EQ(words_of(maker), "error failure=9 errno=ENODEV text=\"card0: \"gone\"?\"");
  maker.output(1, {.text_at = 0, .stream = 0, .output = 1, .crtc = 57, .refresh_ns = 10}, "DP-1");
  EXPECT_EQ(words_of(maker), "output stream=0 output=1 name=\"DP-1\" crtc=57 refresh_ns=10");
  maker.text(1, RecordTag::setting, "mode=1920x1080");
  EXPECT_EQ(words_of(maker), "setting text=\"mode=1920x1080\"");
}

TEST(RecordWords, OfARing) {
  FrameRing ring{3};
  const auto frame = ring.acquire();
  ring.submit(*frame, RenderFence::gated);
  ring.acquire();
  EXPECT_EQ(
      words_of(RecordTag::ring, to_record(ring, 2)),
      "ring stream=2 last_frame=2 last_cookie=0 slot=\"0:frame 1 wanted 0x1 unsignalled fence "
      "gated\" slot=\"1:frame 2 drawing\" output=\"0: needs modeset submitted 1 shown 0 "
      "superseded 0 cancelled 0\"");
}

TEST(RecordWords, OfWhatIsNotKnown) {
  RecordMaker maker;
  maker.text(1, RecordTag{77}, "12345");
  EXPECT_EQ(words_of(maker), "tag 77 bytes=5");
  maker.text(1, RecordTag{0x8003}, "");
  EXPECT_EQ(words_of(maker), "user 3 bytes=0");
  maker.add_bytes(1, RecordTag::present, {});
  EXPECT_EQ(words_of(maker), "acquire stream=0 output=0");
}

TEST(RecordJson, IsAnObjectInALine) {
  RecordMaker maker;
  maker.step(1, {.step = PresentStep::busy, .frame = 7, .slot = 1, .errnum = EBUSY});
  EXPECT_EQ(record_json(maker.records().back()),
            "{\"sequence\":1000,\"time\":1000000,\"thread\":7,\"event\":\"busy\",\"stream\":0,"
            "\"output\":0,\"frame\":7,\"slot\":1,\"errno\":16,\"errno_name\":\"EBUSY\"}\n");
  maker.text(1, RecordTag::note, "\xff\n");
  EXPECT_THAT(record_json(maker.records().back()), HasSubstr("\"text\":\"\xef\xbf\xbd\\n\"}\n"));
  maker.add(1, RecordTag::ring, to_record(FrameRing{3}, 0));
  EXPECT_THAT(record_json(maker.records().back()), HasSubstr("\"event\":\"ring\",\"stream\":0"));
}

DumpClock dump_clock_of(TraceClock clock) {
  return {.clock = clock, .begin = at_ms(900), .day = DayClock{std::chrono::hours{24 * 365}}};
}

TEST(DumpLine, HasTheTimeByAnyClock) {
  ::setenv("TZ", "UTC", 1);
  ::tzset();
  RecordMaker maker;
  maker.step(1016.12, {.step = PresentStep::flip, .frame = 1, .shown_ms = 1016});
  const Record& record = maker.records().front();
  EXPECT_EQ(dump_line(record, dump_clock_of(TraceClock::relative)),
            "     0.116120       7  flip stream=0 output=0 frame=1 slot=0 shown=0.116000\n");
  EXPECT_EQ(dump_line(record, dump_clock_of(TraceClock::monotonic)),
            "     1.016120       7  flip stream=0 output=0 frame=1 slot=0 shown=1.016000\n");
  EXPECT_EQ(dump_line(record, dump_clock_of(TraceClock::wall)),
            "1971-01-01 00:00:01.016120       7  flip stream=0 output=0 frame=1 slot=0 "
            "shown=1971-01-01 00:00:01.016000\n");
}

struct EndOfDump {
  RecordingInfo info;
  RecordBatch batch;
};

EndOfDump end_of_dump() {
  EndOfDump end;
  end.info.pid = 4711;
  end.info.capacity = 1000;
  end.info.begin = at_ms(900);
  end.batch.records = sample_recording().records();
  for (Record& record : end.batch.records) record.payload = {};
  end.batch.next = 1100;
  return end;
}

TEST(DumpEnd, SaysHowItEnded) {
  EndOfDump end = end_of_dump();
  EXPECT_EQ(dump_end(end.info, end.batch, true), "76 records. PID 4711 is still recording.\n");
  EXPECT_EQ(dump_end(end.info, end.batch, false),
            "76 records. PID 4711 has died, or was killed: this is the last that it recorded.\n");
  end.info.ended = true;
  EXPECT_EQ(dump_end(end.info, end.batch, false), "76 records. PID 4711 has ended in order.\n");
  end.batch.records.clear();
  EXPECT_THAT(dump_end(end.info, end.batch, false), HasSubstr("There are no records.\n"));
}

TEST(DumpEnd, SaysWhatIsMissing) {
  EndOfDump end = end_of_dump();
  end.info.capacity = 800;
  end.batch.unfinished = 1;
  end.batch.overwritten = 4;
  end.batch.lost = 5;
  const std::string text = dump_end(end.info, end.batch, false);
  EXPECT_THAT(text, HasSubstr("What was recorded before 0.000000 s is overwritten: 200 of 300 "));
  EXPECT_THAT(text, HasSubstr("4 cells were overwritten while they were read.\n"));
  EXPECT_THAT(text, HasSubstr("1 cell is not whole: its writer died there.\n"));
  EXPECT_THAT(text, HasSubstr("5 records found no place, and are lost.\n"));
}

}  // namespace
}  // namespace drmshow
