// Wrapping and columns, at their edges.
#include "query/explain/layout.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace drmshow {
namespace {

struct WrapCase {
  std::string_view text;
  WrapStyle style;
  std::string_view lines;
};

class Wrapping : public ::testing::TestWithParam<WrapCase> {};

TEST_P(Wrapping, gives_the_lines) {
  EXPECT_EQ(wrap(GetParam().text, GetParam().style), GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    Layout, Wrapping,
    ::testing::Values(
        WrapCase{"", {.width = 20}, ""}, WrapCase{"one", {.width = 20}, "one\n"},
        WrapCase{"one  two ", {.width = 20}, "one two\n"},
        WrapCase{"a\nb", {.width = 20, .first_indent = 0, .indent = 2}, "a\n  b\n"},
        WrapCase{"exactly twenty wide! x", {.width = 20}, "exactly twenty wide!\nx\n"},
        WrapCase{"exactly twenty wide!! x", {.width = 20}, "exactly twenty\nwide!! x\n"},
        WrapCase{"word 0123456789012345678901234 end",
                 {.width = 20, .first_indent = 2, .indent = 4},
                 "  word\n    0123456789012345\n    678901234 end\n"},
        WrapCase{
            "narrower than twenty is twenty", {.width = -5}, "narrower than twenty\nis twenty\n"}));

TEST(Layout, label_beside_or_above) {
  EXPECT_EQ(labelled({"Since", "Linux 4.10"}, 60), "  Since     Linux 4.10\n");
  EXPECT_EQ(labelled({"Since", "Linux 4.10"}, 59), "  Since\n    Linux 4.10\n");
}

TEST(Layout, lists_hang) {
  EXPECT_EQ(
      labelled({"Values", "off\non: a text that is longer than a line of this width holds"}, 60),
      "  Values    off\n"
      "            on: a text that is longer than a line of this\n"
      "              width holds\n");
  EXPECT_EQ(labelled({"Values", ""}, 60), "");
}

TEST(Layout, columns_run_downwards) {
  const std::vector<std::string_view> names{"aa", "b", "c", "dddd", "e"};
  EXPECT_EQ(in_columns(names, 20), "  aa    c     e\n  b     dddd\n");
  EXPECT_EQ(in_columns({}, 80), "");
  const std::vector<std::string_view> wide{"a name that is wider than the screen", "x"};
  EXPECT_EQ(in_columns(wide, 20), "  a name that is wider than the screen\n  x\n");
}

}  // namespace
}  // namespace drmshow
