#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden_text.hpp"
#include "query/text/tree_writer.hpp"
#include "query/views/tree.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

using testing::HasSubstr;
using testing::Not;

// Text without the properties, which value_text() has tests for.
std::string without_properties(const std::string& text) {
  std::string result;
  std::size_t depth = std::string::npos;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    const std::size_t words = line.find_first_not_of(" |`-");
    if (depth != std::string::npos && words != std::string::npos && words <= depth) {
      depth = std::string::npos;
    }
    if (depth == std::string::npos) result += line + '\n';
    if (line.find("- properties (") != std::string::npos) depth = words;
    at = end + 1;
  }
  return result;
}

TEST(Tree, LooksAsWanted) {
  expect_golden("tree-laptop-100", without_properties(tree(laptop(), {false, false, 100})));
  expect_golden("tree-render-only-80", tree(render_only(), {true, false, 80}));
  expect_golden("tree-sysfs-only-80", without_properties(tree(sysfs_only(), {false, false, 80})));
}

TEST(Tree, LooksAsWantedWithProperties) {
  expect_golden("tree-laptop-full-120", tree(laptop(), {true, false, 120}));
}

TEST(Tree, TellsFractionsAndNegativePositions) {
  EXPECT_THAT(tree(laptop(), {true, false, 0}),
              HasSubstr("1920.5x1080 from 0,0 → 1920x1080 at -10,0"));
}

TEST(Tree, ShowsTimingsOnlyWhenAsked) {
  const std::string connector_mode = "74.250 MHz";
  EXPECT_THAT(tree(laptop(), {true, false, 0}), Not(HasSubstr(connector_mode)));
  EXPECT_THAT(tree(laptop(), {true, false, 0}, Timings::show), HasSubstr(connector_mode));
}

TEST(Tree, NamesWhatVanished) {
  EXPECT_THAT(tree(laptop(), {true, false, 0}),
              HasSubstr("connector/58 vanished while it was being read"));
}

TEST(TreeWriter, DrawsGuides) {
  TreeNode root{"root", {}, {}};
  root.add("first").add("below").details = {"detail"};
  root.add("second").details = {"detail"};
  TreeWriter unicode{{true, false, 80}};
  unicode.write(root);
  EXPECT_EQ(std::move(unicode).text(),
            "root\n"
            "├── first\n"
            "│   └── below\n"
            "│           detail\n"
            "└── second\n"
            "        detail\n");
  TreeWriter ascii{{false, false, 80}};
  ascii.write(root);
  EXPECT_EQ(std::move(ascii).text(),
            "root\n"
            "|-- first\n"
            "|   `-- below\n"
            "|           detail\n"
            "`-- second\n"
            "        detail\n");
}

TEST(TreeWriter, ContinuesWideLinesBelowThemselves) {
  TreeNode root{"root", {}, {}};
  root.add("one two three four five six seven eight nine").add("child");
  TreeWriter writer{{true, false, 38}};
  writer.write(root);
  EXPECT_EQ(std::move(writer).text(),
            "root\n"
            "└── one two three four five six seven\n"
            "    │   eight nine\n"
            "    └── child\n");
}

}  // namespace
}  // namespace drmshow::test
