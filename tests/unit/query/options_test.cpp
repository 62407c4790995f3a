#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "query/options.hpp"

namespace drmshow {
namespace {

using testing::ElementsAre;

std::optional<QueryOptions> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "drm-query");
  return parse_query_options(static_cast<int>(words.size()), words.data());
}

TEST(Options, HaveDefaults) {
  const QueryOptions options = parse({}).value();
  EXPECT_TRUE(options.words.empty());
  EXPECT_EQ(options.source.device, "");
  EXPECT_TRUE(options.source.file.empty());
  EXPECT_EQ(options.source.probe, ProbePolicy::current);
  EXPECT_EQ(options.output, Output::text);
  EXPECT_EQ(options.edges, Edges::active);
  EXPECT_EQ(options.interval.count(), 1.0);
  EXPECT_FALSE(options.style.colour);  // the output of tests is no terminal
  EXPECT_EQ(options.style.width, 0);
}

TEST(Options, MayStandAnywhere) {
  const QueryOptions options = parse({"--json", "get", "-d", "card1", "DP-1.EDID"}).value();
  EXPECT_THAT(options.words, ElementsAre("get", "DP-1.EDID"));
  EXPECT_EQ(options.source.device, "card1");
  EXPECT_EQ(options.output, Output::json);
}

TEST(Options, HaveTheirMeanings) {
  EXPECT_EQ(parse({"-j"})->output, Output::json);
  EXPECT_EQ(parse({"--raw"})->output, Output::raw);
  EXPECT_EQ(parse({"--device=0000:00:02.0"})->source.device, "0000:00:02.0");
  EXPECT_EQ(parse({"-f", "a.json"})->source.file, "a.json");
  EXPECT_EQ(parse({"--from", "-"})->source.file, "-");
  EXPECT_EQ(parse({"--probe"})->source.probe, ProbePolicy::probe);
  EXPECT_EQ(parse({"graph", "--possible"})->edges, Edges::possible);
  EXPECT_EQ(parse({"--interval", "0.5"})->interval.count(), 0.5);
  EXPECT_EQ(parse({"--interval=0"})->interval.count(), 0.0);
  EXPECT_FALSE(parse({"--ascii"})->style.unicode);
  EXPECT_TRUE(parse({"--color", "always"})->style.colour);
  EXPECT_FALSE(parse({"--color", "never"})->style.colour);
  EXPECT_THAT(parse({"--", "--odd"})->words, ElementsAre("--odd"));
}

struct BadLine {
  std::vector<const char*> words;
  const char* what;  // part of the text or hint
};

class BadOptions : public testing::TestWithParam<BadLine> {};

TEST_P(BadOptions, AreWrongUsage) {
  try {
    parse(GetParam().words);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::usage);
    EXPECT_THAT(std::string{error.what()} + " | " + error.hint(),
                testing::HasSubstr(GetParam().what));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Lines, BadOptions,
    testing::Values(BadLine{{"--jsn"}, "Did you mean \"--json\"?"},
                    BadLine{{"--devise=card0"}, "Did you mean \"--device\"?"},
                    BadLine{{"--colour", "never"}, "Did you mean \"--color\"?"},
                    BadLine{{"--qqqqqqqqqqqqq"}, "See drm-query --help."},
                    BadLine{{"-x"}, "See drm-query --help."}, BadLine{{"--device"}, "--device"},
                    BadLine{{"--json", "--raw"}, "at the same time"},
                    BadLine{{"--color", "blue"}, "\"blue\" is none of auto, always, never"},
                    BadLine{{"--interval", "-1"}, "not a length of time"},
                    BadLine{{"--interval", "86401"}, "not a length of time"},
                    BadLine{{"--interval", "nan"}, "not a length of time"},
                    BadLine{{"--interval", "soon"}, "--interval"}));

// Without a terminal "auto" never means colour; what the environment says must not change that,
// nor what was asked for.
TEST(Colour, IsAsked) {
  struct {
    const char* no_colour;
    const char* term;
  } const cases[] = {{"", "xterm"}, {"1", "xterm"}, {"", "dumb"}};
  for (const auto& [no_colour, term] : cases) {
    ::setenv("NO_COLOR", no_colour, 1);
    ::setenv("TERM", term, 1);
    EXPECT_FALSE(parse({})->style.colour);
    EXPECT_FALSE(parse({"--color=auto"})->style.colour);
    EXPECT_TRUE(parse({"--color=always"})->style.colour);
    EXPECT_FALSE(parse({"--color=never"})->style.colour);
  }
  ::unsetenv("NO_COLOR");
}

TEST(Unicode, IsWhatTheLocaleHas) {
  ::setenv("LC_ALL", "C.UTF-8", 1);
  EXPECT_TRUE(parse({})->style.unicode);
  EXPECT_FALSE(parse({"--ascii"})->style.unicode);
  ::setenv("LC_ALL", "C", 1);
  EXPECT_FALSE(parse({})->style.unicode);
  ::unsetenv("LC_ALL");
}

TEST(HelpAndVersion, ArePrintedAndAll) {
  testing::internal::CaptureStdout();
  EXPECT_FALSE(parse({"--version"}));
  EXPECT_THAT(testing::internal::GetCapturedStdout(), testing::StartsWith("drm-query "));
  testing::internal::CaptureStdout();
  EXPECT_FALSE(parse({"--help"}));
  const std::string help = testing::internal::GetCapturedStdout();
  for (const OptionName& option : query_option_names()) {
    EXPECT_THAT(help, testing::HasSubstr(option.name));
  }
}

TEST(OptionNames, AreAll) {
  std::vector<std::string> long_names;
  for (const OptionName& option : query_option_names()) {
    if (option.name.starts_with("--")) long_names.push_back(option.name);
  }
  EXPECT_THAT(long_names, testing::UnorderedElementsAre("--help", "--version", "--device", "--from",
                                                        "--probe", "--json", "--raw", "--possible",
                                                        "--interval", "--ascii", "--color"));
}

}  // namespace
}  // namespace drmshow
