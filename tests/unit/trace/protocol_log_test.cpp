// What libwayland says about messages, and lines of output.
#include "trace/protocol_log.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "trace/output_log.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr Time read_at{5000s};

TEST(ProtocolLog, LinesOfEachLibwayland) {
  const auto old = parse_protocol_line("[1234567.890]  -> wl_surface@3.commit()", read_at);
  ASSERT_TRUE(old);
  EXPECT_EQ(old->microseconds, 1234567890u);
  EXPECT_TRUE(old->request);
  EXPECT_EQ(old->text, "wl_surface@3.commit()");
  const auto with_queue =
      parse_protocol_line("[   4567.001] {Default Queue} wl_buffer#9.release()", read_at);
  ASSERT_TRUE(with_queue);
  EXPECT_EQ(with_queue->microseconds, 4567001u);
  EXPECT_FALSE(with_queue->request);
  EXPECT_EQ(with_queue->text, "wl_buffer#9.release()");
}

TEST(ProtocolLog, OtherLinesAreNot) {
  for (const char* line :
       {"", "[", "[1.2] x", "[1234.567]", "[1234.567] ", "[x.567] wl_a#1.b()",
        "[1234.567] no message", "[1234.567] {Default Queue wl_a#1.b()", "[    ] wl_a#1.b()",
        "[99999999999.123] wl_a#1.b()", "drm-show: card0: [1234.567] wl_a#1.b()"}) {
    EXPECT_FALSE(parse_protocol_line(line, read_at)) << line;
  }
}

ProtocolMessage message(Nanoseconds written, Nanoseconds read) {
  ProtocolMessage made;
  made.microseconds = static_cast<std::uint32_t>(written / 1us);
  made.read = Time{read};
  return made;
}

// A clock that has gone round 391,000 times.
TEST(ProtocolLog, TimesOfDay) {
  constexpr Nanoseconds offset = 1'680'000'000s + 123ms;
  std::vector<ProtocolMessage> messages{message(offset + 5000s, 5000s + 3ms),
                                        message(offset + 5000s + 1ms, 5000s + 4ms)};
  const ProtocolClock clock = date_messages(messages, offset);
  EXPECT_EQ(clock.kind, ProtocolClock::Kind::realtime);
  EXPECT_EQ(messages[0].time, Time{5000s});
  EXPECT_EQ(messages[1].time, Time{5000s + 1ms});
  EXPECT_EQ(clock.longest_delay, Nanoseconds{3ms});
}

// By the clocks' rounding a message can seem to be read before it is written.
TEST(ProtocolLog, AMessageFromTheNextMillisecond) {
  constexpr Nanoseconds offset = 1'680'000'000s;
  std::vector<ProtocolMessage> messages{message(offset + 5000s + 1ms, 5000s)};
  EXPECT_EQ(date_messages(messages, offset).kind, ProtocolClock::Kind::realtime);
  EXPECT_EQ(messages[0].time, Time{5000s + 1ms});
}

TEST(ProtocolLog, TimesSinceTheMachineWasStarted) {
  std::vector<ProtocolMessage> messages{message(5000s, 5000s + 3ms)};
  EXPECT_EQ(date_messages(messages, 1'680'001'111s).kind, ProtocolClock::Kind::monotonic);
  EXPECT_EQ(messages[0].time, Time{5000s});
}

TEST(ProtocolLog, TimesThatFitNoClock) {
  std::vector<ProtocolMessage> messages{message(4000s, 5000s)};
  messages[0].time = messages[0].read;
  EXPECT_EQ(date_messages(messages, 1'680'001'111s).kind, ProtocolClock::Kind::reading);
  EXPECT_EQ(messages[0].time, Time{5000s});
}

TEST(OutputLog, LinesHaveTheTimeOfTheirBegin) {
  std::vector<std::string> lines;
  std::vector<Time> times;
  LineSplitter splitter{[&](std::string_view line, Time time) {
    lines.emplace_back(line);
    times.push_back(time);
  }};
  splitter.add("one\ntw", read_at);
  splitter.add("o\n\nthr", read_at + 1s);
  splitter.finish();
  splitter.finish();
  EXPECT_THAT(lines, ElementsAre("one", "two", "", "thr"));
  EXPECT_THAT(times, ElementsAre(read_at, read_at, read_at + 1s, read_at + 1s));
}

TEST(OutputLog, ALineWithoutAnEndIsEnded) {
  std::vector<std::size_t> sizes;
  LineSplitter splitter{[&](std::string_view line, Time) { sizes.push_back(line.size()); }};
  splitter.add(std::string(10000, 'x') + "\n", read_at);
  EXPECT_THAT(sizes, ElementsAre(4096u, 4096u, 1808u));
}

}  // namespace
}  // namespace drmshow
