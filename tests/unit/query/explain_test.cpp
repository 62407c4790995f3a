// The table is whole: nothing empty, nothing double, every name that the kernel knows; and its
// texts fit every terminal.
#include "query/explain/explain.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> names_of_linux() {
  std::vector<std::string> names;
  std::ifstream file{KMS_NAMES};
  for (std::string line; std::getline(file, line);) names.push_back(line);
  return names;
}

std::vector<ExplainedKind> kinds_of(std::string_view name) {
  std::vector<ExplainedKind> kinds;
  for (const Explanation* found : find_explanations(name)) kinds.push_back(found->kind);
  return kinds;
}

std::string hint_for(std::string_view name) {
  try {
    explain_text(name, 80);
  } catch (const Error& error) {
    return error.hint();
  }
  return "no error";
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
}

TEST(Explanations, say_all_that_has_to_be_said) {
  for (const Explanation& it : explanations()) {
    SCOPED_TRACE(it.name);
    EXPECT_FALSE(it.name.empty());
    EXPECT_GT(it.meaning.size(), 10U);
    EXPECT_FALSE(it.values.empty());
    EXPECT_FALSE(it.set_by.empty());
    EXPECT_FALSE(it.source.empty());
    EXPECT_NE(kind_name(it.kind), "?");
  }
}

TEST(Explanations, are_whole_sentences_in_plain_ascii) {
  for (const Explanation& it : explanations()) {
    SCOPED_TRACE(it.name);
    EXPECT_EQ(it.meaning.back(), '.');
    for (const auto text :
         {it.name, it.meaning, it.values, it.notes, it.set_by, it.source, it.since, it.example}) {
      EXPECT_TRUE(is_plain(text)) << text;
      EXPECT_EQ(text.find("  "), std::string_view::npos) << text;
    }
    EXPECT_TRUE(it.since.empty() || it.since.starts_with("Linux ")) << it.since;
    EXPECT_TRUE(it.example.empty() || it.example.starts_with("drm-")) << it.example;
  }
}

TEST(Explanations, are_unique_for_each_kind) {
  std::set<std::pair<std::string_view, ExplainedKind>> seen;
  for (const Explanation& it : explanations()) {
    EXPECT_TRUE(seen.emplace(it.name, it.kind).second) << it.name;
  }
}

// Names in quotation marks and in "see NAME" lead somewhere.
TEST(Explanations, refer_to_names_that_are_there) {
  for (const Explanation& it : explanations()) {
    for (const std::string_view text : {it.meaning, it.values, it.notes}) {
      for (std::size_t at = text.find("ee "); at != std::string_view::npos;
           at = text.find("ee ", at + 1)) {
        std::string_view name = text.substr(at + 3);
        if (name.starts_with('"')) {
          name = name.substr(1, name.find('"', 1) - 1);
        } else {
          name = name.substr(0, name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"));
          if (name.size() < 2) continue;  // "see what"
        }
        EXPECT_NE(find_explanation(name), nullptr) << it.name << " refers to " << name;
      }
    }
  }
}

TEST(Explanations, cover_what_linux_has) {
  // vmwgfx does not say what this means, and nobody documents it.
  const std::set<std::string> unexplained{"implicit_placement"};
  const auto names = names_of_linux();
  ASSERT_GT(names.size(), 150U);
  for (const std::string& name : names) {
    EXPECT_EQ(find_explanation(name) == nullptr, unexplained.contains(name)) << name;
  }
}

struct FindCase {
  std::string_view name;
  std::vector<ExplainedKind> kinds;
};

class Finding : public ::testing::TestWithParam<FindCase> {};

TEST_P(Finding, finds_the_kinds) {
  EXPECT_EQ(kinds_of(GetParam().name), GetParam().kinds);
}

using enum ExplainedKind;
INSTANTIATE_TEST_SUITE_P(
    Explanations, Finding,
    ::testing::Values(
        FindCase{"CRTC_ID", {connector, plane}}, FindCase{"crtc_id", {connector, plane}},
        FindCase{"plane.CRTC_ID", {plane}}, FindCase{"Connector.crtc_id", {connector}},
        FindCase{"crtc.CRTC_ID", {}}, FindCase{"type", {plane}}, FindCase{"TYPE", {colorop}},
        FindCase{"Type", {plane, colorop}}, FindCase{"colorop.type", {colorop}},
        FindCase{"colorspace", {connector}}, FindCase{"SCALING_FILTER", {crtc, plane}},
        FindCase{"DRM_CAP_PRIME", {capability}}, FindCase{"prime", {capability}},
        FindCase{"DRM_CLIENT_CAP_ATOMIC", {client_capability}}, FindCase{"DRM_CAP_ATOMIC", {}},
        FindCase{"", {}}, FindCase{".", {}}, FindCase{"DRM_CAP_", {}}, FindCase{"plane.", {}}));

TEST(Explanations, prefer_the_exact_spelling) {
  EXPECT_EQ(find_explanation("colorspace")->name, "colorspace");
  EXPECT_EQ(find_explanation("Colorspace")->name, "Colorspace");
  EXPECT_EQ(find_explanation("no such thing"), nullptr);
}

TEST(ExplainText, fits_every_width) {
  for (const int width : {40, 59, 60, 80, 120}) {
    for (const Explanation& it : explanations()) {
      for (const std::string& line : lines_of(explain_text(it.name, width))) {
        EXPECT_LE(line.size(), static_cast<std::size_t>(width)) << line;
        EXPECT_FALSE(line.ends_with(' ')) << '"' << line << '"';
      }
    }
  }
}

TEST(ExplainText, survives_any_width) {
  for (const int width : {-1, 0, 1, 19, 100000}) {
    EXPECT_THAT(explain_text("CTM", width), HasSubstr("DEGAMMA_LUT"));
  }
}

TEST(ExplainText, is_laid_out_with_a_hanging_column) {
  const auto lines = lines_of(explain_text("alpha", 80));
  EXPECT_EQ(lines.at(0), "alpha (plane)");
  EXPECT_THAT(lines, Contains("  Values    0: invisible, to 65535: opaque (default)."));
  EXPECT_THAT(lines,
              Contains("  Notes     Pixels must not have been multiplied by it beforehand."));
  EXPECT_THAT(lines, Contains("  Since     Linux 4.18"));
  EXPECT_THAT(lines, Contains("  Example   drm-show --set plane.alpha=32768"));
}

TEST(ExplainText, puts_labels_above_where_it_is_narrow) {
  const auto lines = lines_of(explain_text("alpha", 40));
  EXPECT_THAT(lines, Contains("  Since"));
  EXPECT_THAT(lines, Contains("    Linux 4.18"));
}

TEST(ExplainText, leaves_out_what_is_not_known) {
  EXPECT_THAT(explain_text("EDID", 80),
              AllOf(Not(HasSubstr("Since")), Not(HasSubstr("Example")), HasSubstr("Notes")));
}

TEST(ExplainText, tells_all_kinds_and_names_that_differ_in_case) {
  const std::string both = explain_text("CRTC_ID", 80);
  EXPECT_THAT(both, AllOf(StartsWith("CRTC_ID (connector)\n"), HasSubstr("\n\nCRTC_ID (plane)\n")));
  EXPECT_THAT(explain_text("type", 80), HasSubstr("  See also  TYPE (colour operation)\n"));
  EXPECT_THAT(explain_text("Type", 80), Not(HasSubstr("See also")));
}

TEST(ExplainText, suggests_what_may_have_been_meant) {
  EXPECT_THAT(hint_for("GAMA_LUT"), StartsWith("Did you mean \"GAMMA_LUT\"? "));
  EXPECT_THAT(hint_for("link status"), StartsWith("Did you mean \"link-status\"? "));
  EXPECT_THAT(hint_for("xyzzy_plugh_frobnicate"), Not(HasSubstr("Did you mean")));
}

TEST(ExplainText, prints_no_control_characters_of_an_unknown_name) {
  try {
    explain_text("a\x1b[31m\n" + std::string(5000, 'x'), 80);
    FAIL();
  } catch (const Error& error) {
    EXPECT_TRUE(is_plain(error.what()));
    EXPECT_THAT(error.what(), HasSubstr("\"a?[31m?xxx"));
    EXPECT_LT(std::string_view{error.what()}.size(), 200U);
  }
}

// The names of each heading: cells are two columns or more apart, words within a name one.
std::map<std::string, std::multiset<std::string>> read_index(const std::string& index) {
  std::map<std::string, std::multiset<std::string>> names;
  std::string heading;
  for (std::string line : lines_of(index)) {
    if (!line.starts_with("  ")) {
      heading = line;
      continue;
    }
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t start = line.find_first_not_of(' ', at);
      const std::size_t end = std::min(line.find("  ", start), line.size());
      names[heading].insert(line.substr(start, end - start));
      at = end;
    }
  }
  return names;
}

TEST(ExplainIndex, lists_every_name_once_under_its_kind) {
  std::map<ExplainedKind, std::string> headings{{connector, "Connectors"},
                                                {crtc, "CRTCs"},
                                                {plane, "Planes"},
                                                {colorop, "Colour operations"},
                                                {capability, "Capabilities"},
                                                {client_capability, "Client capabilities"}};
  for (const int width : {40, 80, 120}) {
    std::map<std::string, std::multiset<std::string>> expected;
    for (const Explanation& it : explanations()) expected[headings[it.kind]].emplace(it.name);
    EXPECT_EQ(read_index(explain_index(width)), expected) << width;
  }
}

TEST(ExplainIndex, fits_every_width) {
  for (const int width : {40, 80, 120}) {
    for (const std::string& line : lines_of(explain_index(width))) {
      EXPECT_LE(line.size(), static_cast<std::size_t>(width)) << line;
    }
  }
}

}  // namespace
}  // namespace drmshow
