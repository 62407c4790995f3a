#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden_text.hpp"
#include "query/views/summary.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<Report> all_devices() {
  std::vector<Report> reports;
  reports.push_back(laptop());
  reports.push_back(render_only());
  reports.push_back(sysfs_only());
  return reports;
}

std::string one(Report report, const TextStyle& style) {
  std::vector<Report> reports;
  reports.push_back(std::move(report));
  return summary(reports, style);
}

TEST(Summary, LooksAsWanted) {
  const auto reports = all_devices();
  expect_golden("summary-80", summary(reports, {true, false, 80}));
  expect_golden("summary-120", summary(reports, {true, false, 120}));
  expect_golden("summary-200", summary(reports, {true, false, 200}));
  expect_golden("summary-ascii-80", summary(reports, {false, false, 80}));
  expect_golden("summary-colour-120", summary(reports, {true, true, 120}));
}

TEST(Summary, WithoutAnyDeviceIsASentence) {
  EXPECT_THAT(summary({}, {}), HasSubstr("There is no DRM device"));
}

TEST(Summary, WritebackComesLast) {
  const std::string text = one(laptop(), {true, false, 200});
  EXPECT_GT(text.find("Writeback-1"), text.find("HDMI-A-1"));
}

TEST(Summary, TellsVrrBpcAndFormat) {
  const std::string text = one(laptop(), {true, false, 200});
  EXPECT_THAT(text, HasSubstr("1920x1080 @ 59.94 Hz"));
  EXPECT_THAT(text, HasSubstr("XRGB2101010 LINEAR"));
  EXPECT_THAT(text, HasSubstr("crtc/31"));
  EXPECT_THAT(text, HasSubstr("33 primary, 35 cursor"));
  EXPECT_THAT(text, HasSubstr(" PQ   can "));
}

TEST(Summary, ADarkConnectedOutputIsOffAndAnUnpluggedOneNot) {
  std::string text = one(laptop(), {true, false, 200});
  EXPECT_THAT(text, Not(HasSubstr(" off")));
  EXPECT_THAT(one(many_planes(), {true, false, 200}), HasSubstr(" off"));
}

TEST(Summary, WarnsOfWhatLooksLitAndIsNot) {
  const std::string text = one(asleep(), {true, false, 200});
  EXPECT_THAT(text, HasSubstr("1024x768 @ 60.00 Hz, inactive"));
  EXPECT_THAT(text, HasSubstr("connected, bad link"));
}

}  // namespace
}  // namespace drmshow::test
