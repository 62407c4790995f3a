#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden_text.hpp"
#include "query/text/style.hpp"
#include "query/views/format_columns.hpp"
#include "query/views/formats_view.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

using testing::HasSubstr;

TEST(FormatsView, LooksAsWanted) {
  expect_golden("formats-laptop-80", formats_view(laptop(), {true, false, 80}));
  expect_golden("formats-laptop-120", formats_view(laptop(), {true, false, 120}));
  expect_golden("formats-laptop-ascii-120", formats_view(laptop(), {false, false, 120}));
  expect_golden("formats-many-planes-120", formats_view(many_planes(), {true, false, 120}));
}

TEST(FormatsView, OfManyPlanesStaysWithinTheScreen) {
  for (const int width : {80, 120, 200}) {
    const std::string text = formats_view(many_planes(), {true, false, width});
    for (std::size_t at = 0, end = 0; at < text.size(); at = end + 1) {
      end = text.find('\n', at);
      EXPECT_LE(display_width(std::string_view{text}.substr(at, end - at)), width)
          << text.substr(at, end - at);
    }
  }
}

TEST(FormatsView, OfARenderOnlyDeviceSaysSo) {
  EXPECT_THAT(formats_view(render_only(), {}), HasSubstr("renders only"));
}

TEST(FormatColumns, AsyncIsToldApart) {
  const Report report = laptop();
  const auto [columns, problems] = format_columns(*report.kms);
  ASSERT_EQ(columns.size(), 7u);  // 6 planes and a writeback connector
  EXPECT_TRUE(problems.empty());
  const Modifier x_tiled{0x0100000000000001};
  const Modifier linear{};
  EXPECT_EQ(columns[0].uses.at({formats::xrgb8888, x_tiled}), FormatUse::shown_async);
  EXPECT_EQ(columns[0].uses.at({formats::xrgb8888, linear}), FormatUse::shown);
  EXPECT_EQ(columns[6].uses.size(), 1u);
  EXPECT_TRUE(columns[6].uses.contains({formats::xrgb8888, std::nullopt}));
}

TEST(FormatColumns, PlanesThatTakeTheSameShareOne) {
  const Report report = many_planes();
  const auto groups = grouped(format_columns(*report.kms).columns);
  std::size_t planes = 0;
  for (const FormatColumn& group : groups) planes += group.planes.size();
  EXPECT_EQ(planes, 64u);
  // Primary with and without async, overlays with one and with three modifiers, cursors.
  EXPECT_EQ(groups.size(), 5u);
}

TEST(FormatColumns, DamageIsToldAndWhatThePlaneListsRemains) {
  const Report report = hostile();
  const auto [columns, problems] = format_columns(*report.kms);
  EXPECT_EQ(problems.size(), 2u);
  EXPECT_TRUE(columns[0].uses.contains({Format{0}, std::nullopt}));
}

}  // namespace
}  // namespace drmshow::test
