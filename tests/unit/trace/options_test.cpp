#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "trace/options.hpp"
#include "trace/times.hpp"
#include "trace/wrapped.hpp"

namespace drmshow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

std::optional<TraceOptions> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "drm-trace");
  return parse_trace_options(static_cast<int>(words.size()), words.data());
}

TEST(TraceOptions, HaveDefaults) {
  const TraceOptions options = parse({}).value();
  EXPECT_EQ(options.verb, TraceVerb::list);
  EXPECT_EQ(options.recording, "");
  EXPECT_EQ(options.format, TraceFormat::text);
  EXPECT_EQ(options.clock, TraceClock::relative);
  EXPECT_FALSE(options.dry_run);
  EXPECT_FALSE(options.older_than);
}

TEST(TraceOptions, HaveVerbs) {
  EXPECT_EQ(parse({"dump", "12"})->verb, TraceVerb::dump);
  EXPECT_EQ(parse({"dump", "12"})->recording, "12");
  EXPECT_EQ(parse({"tail", "-"})->recording, "-");
  EXPECT_EQ(parse({"why", "missed"})->frame, "missed");
  EXPECT_EQ(parse({"why", "0:7", "a.rec"})->frame, "0:7");
  EXPECT_EQ(parse({"why", "0:7", "a.rec"})->recording, "a.rec");
  EXPECT_EQ(parse({"export", "12"})->verb, TraceVerb::export_);
  EXPECT_EQ(parse({"gc"})->verb, TraceVerb::gc);
  const TraceOptions run = parse({"run", "-o", "x", "--", "drm-show", "--stats", "-o"}).value();
  EXPECT_EQ(run.verb, TraceVerb::run);
  EXPECT_THAT(run.command, ElementsAre("drm-show", "--stats", "-o"));
  EXPECT_EQ(run.output, "x");
  // Our own options, but of the command.
  EXPECT_THAT(parse({"run", "--", "drm-show", "--output", "DP-1", "--json"})->command,
              ElementsAre("drm-show", "--output", "DP-1", "--json"));
}

TEST(TraceOptions, MayStandAnywhere) {
  EXPECT_EQ(parse({"--json", "dump"})->format, TraceFormat::json);
  EXPECT_EQ(parse({"dump", "-j", "12"})->recording, "12");
  EXPECT_EQ(parse({"export", "--perfetto"})->format, TraceFormat::perfetto);
  EXPECT_EQ(parse({"dump", "--clock", "wall"})->clock, TraceClock::wall);
  EXPECT_EQ(parse({"dump", "--clock=monotonic"})->clock, TraceClock::monotonic);
  EXPECT_TRUE(parse({"gc", "-n"})->dry_run);
  EXPECT_EQ(parse({"gc", "--older-than", "2h"})->older_than, 2h);
}

// Options of the program that is run may be ours, too.
TEST(TraceOptions, BehindTheCommandAreTheCommands) {
  const TraceOptions plain = parse({"run", "drm-show", "--output", "DP-1", "--dry-run"}).value();
  EXPECT_THAT(plain.command, ElementsAre("drm-show", "--output", "DP-1", "--dry-run"));
  EXPECT_EQ(plain.output, "");
  EXPECT_FALSE(plain.dry_run);
  for (const std::vector<const char*>& ours :
       {std::vector{"run", "-o", "run", "x", "-jn", "--", "y"},
        std::vector{"-o", "run", "run", "x", "-jn", "--", "y"},
        std::vector{"run", "--output=run", "x", "-jn", "--", "y"},
        std::vector{"-jorun", "run", "--no-kernel", "x", "-jn", "--", "y"},
        std::vector{"run", "-jo", "run", "--", "x", "-jn", "--", "y"}}) {
    const TraceOptions run = parse(ours).value();
    EXPECT_EQ(run.verb, TraceVerb::run);
    EXPECT_THAT(run.command, ElementsAre("x", "-jn", "--", "y"));
    EXPECT_EQ(run.output, "run");
    EXPECT_FALSE(run.dry_run);
  }
  EXPECT_EQ(parse({"dump", "run", "-j"})->format, TraceFormat::json) << "that is no verb there";
}

struct BadTraceLine {
  std::vector<const char*> words;
  const char* what;  // part of the text or hint
};

class BadTraceOptions : public testing::TestWithParam<BadTraceLine> {};

TEST_P(BadTraceOptions, AreRefused) {
  try {
    parse(GetParam().words);
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::usage);
    EXPECT_THAT(error.what() + ("|" + error.hint()), HasSubstr(GetParam().what));
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, BadTraceOptions,
    testing::Values(BadTraceLine{{"lits"}, "Did you mean \"list\"?"},
                    BadTraceLine{{"--jsno"}, "Did you mean \"--json\"?"},
                    BadTraceLine{{"why"}, "which frame?"},
                    BadTraceLine{{"why", "1", "2", "3"}, "\"3\" is one word too many"},
                    BadTraceLine{{"dump", "1", "2"}, "\"2\" is one word too many"},
                    BadTraceLine{{"gc", "1"}, "one word too many"},
                    BadTraceLine{{"run"}, "run: what?"},
                    BadTraceLine{{"export", "--json", "--perfetto"},
                                 "more than one of --json, --perfetto and --svg"},
                    BadTraceLine{{"list", "--older-than", "5m"},
                                 "list: --older-than means nothing there|It is for gc."},
                    BadTraceLine{{"dump", "--svg"}, "It is for export and run."},
                    BadTraceLine{{"summary", "--perfetto"}, "--perfetto means nothing"},
                    BadTraceLine{{"why", "5", "--around", "5"}, "It is for export."},
                    BadTraceLine{{"summary", "--clock", "wall"}, "It is for dump and tail."},
                    BadTraceLine{{"--dry-run"}, "list: --dry-run means nothing there"},
                    BadTraceLine{{"check", "--json"}, "--json means nothing"},
                    BadTraceLine{{"gc", "-o", "x"}, "gc: --output means nothing there"},
                    BadTraceLine{{"dump", "--no-kernel"}, "It is for run."},
                    BadTraceLine{{"dump", "--clock", "utc"}, "none of relative, monotonic, wall"},
                    BadTraceLine{{"gc", "--older-than", "soon"}, "no length of time"}));

TEST(ParseAge, OfLengths) {
  EXPECT_EQ(parse_age("90"), 90s);
  EXPECT_EQ(parse_age("90s"), 90s);
  EXPECT_EQ(parse_age("5m"), 5min);
  EXPECT_EQ(parse_age("12h"), 12h);
  EXPECT_EQ(parse_age("30d"), 720h);
  EXPECT_EQ(parse_age("0"), 0s);
  for (const char* text : {"", "s", "-1", "1x", "1 s", "999999d", "99999999999999999999"}) {
    EXPECT_FALSE(parse_age(text)) << text;
  }
}

TEST(Times, AreWrittenForPeople) {
  EXPECT_EQ(span_text(850us), "0.85 ms");
  EXPECT_EQ(span_text(16'667us), "16.7 ms");
  EXPECT_EQ(span_text(999'400us), "999.4 ms");
  EXPECT_EQ(span_text(1s), "1.0 s");
  EXPECT_EQ(span_text(200s), "3 min 20 s");
  EXPECT_EQ(span_text(5h + 12min), "5 h 12 min");
  EXPECT_EQ(span_text(73h), "3 days");
  EXPECT_EQ(span_text(-5ms), "-5.00 ms");
}

TEST(Times, OfSeconds) {
  EXPECT_EQ(seconds_text(1'234'567'890ns), "1.234567");
  EXPECT_EQ(seconds_text(-1'500ms), "-1.500000");
  EXPECT_EQ(seconds_text(Nanoseconds::min()), "-9223372036.854775");
}

// A recording may say anything.
TEST(Times, NeverOverflow) {
  for (const Nanoseconds any : {Nanoseconds::min(), Nanoseconds::max(), Nanoseconds{}}) {
    for (const Nanoseconds offset : {Nanoseconds::min(), Nanoseconds::max(), Nanoseconds{-1}}) {
      EXPECT_FALSE(wall_text(Time{any}, offset).empty());
    }
    EXPECT_FALSE(span_text(any).empty());
  }
}

TEST(Wrapped, BreaksAtBlanks) {
  EXPECT_EQ(wrapped("one two three", 7), "one two\nthree\n");
  EXPECT_EQ(wrapped("one two three", 8, 2), "one\n  two\n  three\n") << "the first is as far in";
  EXPECT_EQ(wrapped("incomprehensible", 5), "incomprehensible\n");
  EXPECT_EQ(wrapped(""), "\n");
}

}  // namespace
}  // namespace drmshow
