#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "query/shell.hpp"

namespace drmshow {
namespace {

struct Line {
  std::string line;
  std::vector<std::string> words;
};

class Words : public testing::TestWithParam<Line> {};

TEST_P(Words, AreAsInAShell) {
  EXPECT_EQ(split_words(GetParam().line), GetParam().words);
}

INSTANTIATE_TEST_SUITE_P(Lines, Words,
                         testing::Values(Line{"", {}}, Line{"  \t ", {}}, Line{"tree", {"tree"}},
                                         Line{"  get \t DP-1.EDID  ", {"get", "DP-1.EDID"}},
                                         Line{"get 'DP-1.max bpc'", {"get", "DP-1.max bpc"}},
                                         Line{"get \"DP-1.max bpc\"", {"get", "DP-1.max bpc"}},
                                         Line{"get DP-1.'max bpc'", {"get", "DP-1.max bpc"}},
                                         Line{"get DP-1.max\\ bpc", {"get", "DP-1.max bpc"}},
                                         Line{"''", {""}}, Line{"\"\" a", {"", "a"}},
                                         Line{"a''b", {"ab"}}, Line{"'it''s'", {"its"}},
                                         Line{"it\\'s", {"it's"}}, Line{"\"a\\\"b\"", {"a\"b"}},
                                         Line{"'a\\b'", {"a\\b"}}, Line{"'\"'", {"\""}},
                                         Line{"\"'\"", {"'"}}, Line{"\\\\", {"\\"}},
                                         Line{"a\\", {"a\\"}}, Line{"\\ ", {" "}},
                                         Line{"# a", {"#", "a"}}, Line{"→ é", {"→", "é"}}));

TEST(Words, RefuseAQuoteWithoutItsEnd) {
  for (const char* line : {"'", "\"", "get 'DP-1", "get \"DP-1", "\"a\\\"", "\"a'"}) {
    try {
      split_words(line);
      ADD_FAILURE() << line;
    } catch (const Error& error) {
      EXPECT_EQ(error.failure(), Failure::usage);
      EXPECT_NE(error.hint(), "");
    }
  }
}

}  // namespace
}  // namespace drmshow
