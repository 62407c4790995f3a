#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/text/style.hpp"
#include "query/text/table.hpp"

namespace drmshow::test {
namespace {

using testing::ElementsAre;

constexpr TextStyle plain{true, false, 80};
constexpr TextStyle ascii{false, false, 80};
constexpr TextStyle coloured{true, true, 80};

TEST(Printable, MakesTextHarmless) {
  struct Case {
    std::string text, unicode, ascii;
  };
  const Case cases[] = {
      {"DP-1", "DP-1", "DP-1"},
      {"a\nb\x1b[2J\x7f", "a?b?[2J?", "a?b?[2J?"},
      {std::string{"a\0b", 3}, "a?b", "a?b"},
      {"Größe 5 µm → 27″", "Größe 5 µm → 27″", "Gr??e 5 um -> 27?"},
      {"\xff\xc3", "??", "??"},        // no UTF-8
      {"\xc0\xaf", "??", "??"},        // an overlong '/'
      {"\xed\xa0\x80", "???", "???"},  // a surrogate
      {"\xc2\x9b"
       "1m",
       "?1m", "?1m"},  // CSI as one C1 character
      {"\xe2\x80\xae"
       "abc",
       "?abc", "?abc"},  // right-to-left override
  };
  for (const Case& each : cases) {
    EXPECT_EQ(printable(plain, each.text), each.unicode);
    EXPECT_EQ(printable(ascii, each.text), each.ascii);
  }
}

TEST(Paint, EmitsNothingWithoutColour) {
  EXPECT_EQ(paint(plain, Role::warning, "x"), "x");
  EXPECT_EQ(paint(coloured, Role::warning, "x"), "\x1b[33mx\x1b[0m");
  EXPECT_EQ(paint(coloured, Role::plain, "x"), "x");
}

TEST(DisplayWidth, CountsColumns) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("é…"), 2);
  EXPECT_EQ(display_width("東京"), 4);
  EXPECT_EQ(display_width("e\xcc\x81"), 1);
  EXPECT_EQ(display_width(bold(coloured, "abc")), 3);
  EXPECT_EQ(display_width("\xff\xff"), 2);
}

TEST(Shorten, CutsAtTheWidth) {
  EXPECT_EQ(shorten(plain, "abcdef", 6), "abcdef");
  EXPECT_EQ(shorten(plain, "abcdefg", 6), "abcde…");
  EXPECT_EQ(shorten(ascii, "abcdefg", 6), "abc...");
  EXPECT_EQ(shorten(plain, "東京東京", 6), "東京…");
  EXPECT_EQ(shorten(plain, "abc defg", 5), "abc…");
}

TEST(Wrap, BreaksAtBlanks) {
  EXPECT_THAT(wrap("one two three", 8), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap("one two three", 8, 2), ElementsAre("one two", "  three"));
  EXPECT_THAT(wrap("  indented  twice", 12), ElementsAre("  indented", "twice"));
  EXPECT_THAT(wrap("unbreakable", 4), ElementsAre("unbreakable"));
  EXPECT_THAT(wrap("", 4), ElementsAre(""));
}

TEST(Wrap, EndsColoursWithTheLine) {
  EXPECT_THAT(wrap(dim(coloured, "one two"), 4),
              ElementsAre("\x1b[2mone\x1b[0m", "\x1b[2mtwo\x1b[0m"));
}

TEST(TextTable, AlignsAndLeavesNoTrailingBlanks) {
  TextTable table{{{"NAME"}, {"N", Align::right}, {"REST"}}};
  table.add({{"a"}, {"10"}, {""}});
  table.add({{"long name"}, {"5"}, {"x"}});
  EXPECT_EQ(table.render(plain),
            "NAME        N  REST\n"
            "a          10\n"
            "long name   5  x\n");
}

TEST(TextTable, ShortensTheWidestTextButNeverIds) {
  TextTable table{{{"ID"}, {"MONITOR", Align::left, Overflow::shorten}, {"MODE"}}};
  table.add({{"connector/40"}, {"A monitor with a long name"}, {"1920x1080 @ 59.94 Hz"}});
  EXPECT_EQ(table.render({true, false, 50}),
            "ID            MONITOR         MODE\n"
            "connector/40  A monitor wit…  1920x1080 @ 59.94 Hz\n");
  // However narrow: what identifies stays.
  EXPECT_THAT(table.render({true, false, 10}), testing::HasSubstr("connector/40"));
  EXPECT_THAT(table.render({true, false, 10}), testing::HasSubstr("1920x1080 @ 59.94 Hz"));
}

TEST(TextTable, WrapsTheLastColumn) {
  TextTable table{{{"CRTC"}, {"PLANES", Align::left, Overflow::wrap}}};
  table.add({{"crtc/37"}, {"31 primary, 33 cursor"}});
  EXPECT_EQ(table.render({true, false, 22}, 1),
            " CRTC     PLANES\n"
            " crtc/37  31 primary,\n"
            "          33 cursor\n");
}

TEST(TextTable, ColoursWithoutDisturbingTheColumns) {
  TextTable table{{{"A"}, {"B"}}};
  table.add({{"x", Role::connected}, {"y"}});
  EXPECT_EQ(table.render(coloured),
            "\x1b[1mA\x1b[0m  \x1b[1mB\x1b[0m\n"
            "\x1b[32mx\x1b[0m  y\n");
}

}  // namespace
}  // namespace drmshow::test
