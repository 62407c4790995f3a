// Text: any bytes in, bounded and legible coverage out.
#include "render/cpu/text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "render/cpu/text_utf8.hpp"

namespace drmshow::testing {
namespace {

constexpr int roomy = 4000;

struct Utf8Case {
  std::string_view bytes;
  std::u32string_view text;
};

using namespace std::string_view_literals;

const Utf8Case utf8_cases[] = {
    {"", U""},
    {"DP-1", U"DP-1"},
    {"\u00e9\u20ac\U0001f600", U"\u00e9\u20ac\U0001f600"},
    {"\xff\xfe", U"\ufffd\ufffd"},
    {"\x80"sv, U"\ufffd"},      // a lone continuation
    {"\xc3"sv, U"\ufffd"},      // cut off
    {"\xe2\x82"sv, U"\ufffd"},  // cut off: one maximal subpart
    {"\xe2\x82X"sv, U"\ufffdX"},
    {"\xc0\xaf"sv, U"\ufffd\ufffd"},  // overlong
    {"\xe0\x80\x80"sv, U"\ufffd\ufffd\ufffd"},
    {"\xed\xa0\x80"sv, U"\ufffd\ufffd\ufffd"},            // surrogate
    {"\xf4\x90\x80\x80"sv, U"\ufffd\ufffd\ufffd\ufffd"},  // beyond U+10FFFF
    {"\xf0\x9f\x98"sv, U"\ufffd"},
    {"a\0b\nc\x1b[31m\x7f"sv, U"a\ufffdb\ufffdc\ufffd[31m\ufffd"},      // controls
    {"\u202eevil\u200b\u2066\ufeff", U"\ufffdevil\ufffd\ufffd\ufffd"},  // invisible or turning
    {"\xc2\x85"sv, U"\ufffd"},                                          // a C1 control
};

TEST(Utf8, IsDecodedOrReplaced) {
  for (const Utf8Case& c : utf8_cases) {
    EXPECT_EQ(decode_utf8(c.bytes, 100), c.text) << ::testing::PrintToString(c.bytes);
  }
}

TEST(Utf8, StopsAtTheLimit) {
  EXPECT_EQ(decode_utf8("abcdef", 3), U"abc");
  EXPECT_EQ(decode_utf8(std::string(1000000, '\xff'), 5).size(), 5u);
}

int ink(const Mask& mask) {
  return static_cast<int>(std::count_if(mask.coverage.begin(), mask.coverage.end(),
                                        [](std::uint8_t c) { return c > 127; }));
}

TEST(Font, DrawsEveryPrintableCharacterDifferently) {
  const Font font;
  for (const int height : {8, 16, 40}) {
    std::vector<std::vector<std::uint8_t>> seen;
    for (char c = '!'; c <= '~'; ++c) {
      const auto text = font.render(std::string(1, c), height, roomy);
      EXPECT_EQ(text.mask.size.height, height);
      EXPECT_GT(*std::max_element(text.mask.coverage.begin(), text.mask.coverage.end()), 100) << c;
      EXPECT_EQ(std::count(seen.begin(), seen.end(), text.mask.coverage), 0) << c << ' ' << height;
      seen.push_back(text.mask.coverage);
    }
  }
}

TEST(Font, StandsOnItsBaseline) {
  const auto text = Font{}.render("H", 100, roomy);
  const auto lit = [&](int y) {
    const auto row = text.mask.row(y);
    return std::any_of(row.begin(), row.end(), [](std::uint8_t c) { return c > 127; });
  };
  EXPECT_TRUE(lit(text.baseline - 1));
  EXPECT_FALSE(lit(text.baseline + 1));
}

TEST(Font, DrawsABoxForWhatItLacks) {
  EXPECT_GT(ink(Font{}.render("\U0010fffd", 40, roomy).mask), 20);
}

TEST(Font, IsAsWideAsItSays) {
  const Font font;
  EXPECT_EQ(font.render("Virtual-1", 32, roomy).mask.size.width, font.text_width("Virtual-1", 32));
}

TEST(Font, ShortensWithAnEllipsis) {
  const Font font;
  const int advance = font.text_width("M", 32);
  const auto text = font.render(std::string(1000, 'M'), 32, 5 * advance + 3);
  const auto same = font.render("MMMM\u2026", 32, roomy);
  EXPECT_EQ(text.mask.size, same.mask.size);
  EXPECT_EQ(text.mask.coverage, same.mask.coverage);
}

TEST(Font, IsEmptyWithoutRoom) {
  const Font font;
  for (const auto& [height, width] : {std::pair{0, 100}, {-5, 100}, {16, 0}, {16, -1}, {16, 3}}) {
    EXPECT_TRUE(font.render("text", height, width).mask.size.empty());
  }
  EXPECT_TRUE(font.render("", 16, 100).mask.size.empty());
  EXPECT_TRUE(font.render("text", 1000000, roomy).mask.size.empty());
}

TEST(Font, SurvivesAnyBytes) {
  const Font font;
  std::mt19937 random{2};  // NOLINT: the same bytes on every run
  for (int i = 0; i < 300; ++i) {
    std::string bytes(random() % 40, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    const auto text = font.render(bytes, 1 + static_cast<int>(random() % 40), 200);
    EXPECT_LE(text.mask.size.width, 200);
  }
}

}  // namespace
}  // namespace drmshow::testing
