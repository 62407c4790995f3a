// What every pattern owes its caller, at every size.
#include <algorithm>
#include <cctype>
#include <set>

#include "drm-show/error.hpp"
#include "pattern_testing.hpp"
#include "render/cpu/overlay.hpp"

namespace drmshow::testing {
namespace {

constexpr Pixel guard = 0x12345678;

std::string case_name(const ::testing::TestParamInfo<std::tuple<PatternInfo, Size>>& info) {
  const auto& [pattern, size] = info.param;
  std::string name{pattern.name};
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !std::isalnum(c); }, '_');
  return name + '_' + std::to_string(size.width) + 'x' + std::to_string(size.height);
}

/// Draws line `y` between guards; empty if a guard was touched.
std::vector<Pixel> draw_guarded(const Picture& picture, int y) {
  const auto width = static_cast<std::size_t>(picture.size().width);
  std::vector<Pixel> row(width + 2, guard);
  picture.draw_row(y, {row.data() + 1, width});
  if (row.front() != guard || row.back() != guard) return {};
  return {row.begin() + 1, row.end() - 1};
}

void expect_well_drawn(const Picture& picture) {
  std::vector<Pixel> before;
  for (int y = 0; y < picture.size().height; ++y) {
    auto row = draw_guarded(picture, y);
    ASSERT_FALSE(row.empty()) << "line " << y << " written beyond its ends";
    ASSERT_TRUE(std::all_of(row.begin(), row.end(), [](Pixel p) { return p >> 24 == 0xff; }))
        << "line " << y << " not filled";
    if (y > 0 && picture.repeats_row(y)) {
      ASSERT_EQ(row, before) << "line " << y << " does not repeat";
    }
    before = std::move(row);
  }
}

/// The same lines from the bottom up, from another instance.
void expect_order_irrelevant(const Picture& picture, const Picture& other) {
  const int height = picture.size().height;
  const int step = std::max(height / 97, 1);
  for (int y = height - 1; y >= 0; y -= step) {
    ASSERT_EQ(draw_guarded(picture, y), draw_guarded(other, y)) << "line " << y;
  }
}

class EveryPattern : public ::testing::TestWithParam<std::tuple<PatternInfo, Size>> {};

TEST_P(EveryPattern, FillsItsLinesAndNothingElse) {
  const auto& [info, size] = GetParam();
  const auto picture = make_pattern(info.name, size);
  ASSERT_EQ(picture->size(), size);
  expect_well_drawn(*picture);
  expect_order_irrelevant(*picture, *make_pattern(info.name, size));
}

TEST_P(EveryPattern, StaysWellDrawnWithALabel) {
  const auto& [info, size] = GetParam();
  const Label label{{"Virtual-1", "1024x768 @ 60.00 Hz", "driver virtio_gpu \u00b7 card0"}};
  const auto picture = with_label(make_pattern(info.name, size), label);
  ASSERT_EQ(picture->size(), size);
  expect_well_drawn(*picture);
}

INSTANTIATE_TEST_SUITE_P(Patterns, EveryPattern,
                         ::testing::Combine(::testing::ValuesIn(patterns().begin(),
                                                                patterns().end()),
                                            ::testing::ValuesIn(awkward_sizes)),
                         case_name);

TEST(Patterns, HaveNamesAndSummariesOfTheirOwn) {
  std::set<std::string_view> names;
  std::set<std::string_view> summaries;
  for (const PatternInfo& info : patterns()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_TRUE(summaries.insert(info.summary).second) << info.name;
  }
  EXPECT_EQ(patterns().front().name, "card");
}

TEST(Patterns, AreDrawnUpToTheLargestSize) {
  for (const PatternInfo& info : patterns()) {
    const auto picture = make_pattern(info.name, {max_pattern_extent, max_pattern_extent});
    for (const int y : {0, 1, max_pattern_extent / 2, max_pattern_extent - 1}) {
      EXPECT_FALSE(draw_guarded(*picture, y).empty()) << info.name;
    }
  }
}

void expect_usage_error(std::string_view name, Size size) {
  try {
    make_pattern(name, size);
    ADD_FAILURE() << name << " was drawn";
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::usage);
  }
}

TEST(Patterns, RefuseUnknownNamesColoursAndSizes) {
  expect_usage_error("", {8, 8});
  expect_usage_error("smpt", {8, 8});
  expect_usage_error("solid:", {8, 8});
  expect_usage_error("solid:#12345", {8, 8});
  for (const Size size : {Size{0, 1}, Size{1, 0}, Size{-1, 5}, Size{max_pattern_extent + 1, 1},
                          Size{1, max_pattern_extent + 1}}) {
    expect_usage_error("card", size);
  }
}

TEST(Patterns, TakeAnyColourAsSolid) {
  EXPECT_EQ(Image("solid:#336699", {3, 2}).at(2, 1), rgb(0x33, 0x66, 0x99));
  EXPECT_EQ(Image("blue", {3, 2}).at(0, 0), rgb(0, 0, 255));
}

}  // namespace
}  // namespace drmshow::testing
