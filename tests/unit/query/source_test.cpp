#include "query/source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "report_file.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

struct SourceError {
  Failure failure;
  std::string text;
};

SourceError source_error(const Source& source) {
  try {
    read_reports(source);
    ADD_FAILURE() << "was read";
    return {};
  } catch (const Error& error) {
    return {error.failure(), std::string{error.what()} + " | " + error.hint()};
  }
}

TEST(SourceFile, IsReadWhole) {
  const ReportFile file{two_devices_json()};
  const auto reports = read_reports({{}, file.path()});
  ASSERT_EQ(reports.size(), 2u);
  EXPECT_EQ(reports[1].driver.name, "panfrost");
}

TEST(SourceFile, OneDeviceOfIt) {
  const ReportFile file{two_devices_json()};
  for (const char* selector : {"card1", "1", "panfrost", "/dev/dri/card1"}) {
    const auto reports = read_reports({selector, file.path()});
    ASSERT_EQ(reports.size(), 1u) << selector;
    EXPECT_EQ(reports[0].path, "/dev/dri/card1");
  }
}

TEST(SourceFile, WithoutTheDeviceAskedFor) {
  const ReportFile file{two_devices_json()};
  const SourceError refused = source_error({"i916", file.path()});
  EXPECT_EQ(refused.failure, Failure::no_device);
  EXPECT_THAT(refused.text, testing::HasSubstr("Did you mean \"i915\"?"));
  EXPECT_THAT(refused.text,
              testing::HasSubstr("There are: card0, i915, 0000:00:02.0, card1, panfrost."));
}

TEST(SourceFile, ThatCannotBeRead) {
  EXPECT_EQ(source_error({{}, "/nonexistent/a.json"}).failure, Failure::bad_content);
  EXPECT_THAT(source_error({{}, "/nonexistent/a.json"}).text, testing::HasSubstr("No such file"));
  EXPECT_THAT(source_error({{}, "/"}).text, testing::HasSubstr("Is a directory"));
  const ReportFile broken{"{"};
  EXPECT_THAT(source_error({{}, broken.path()}).text, testing::HasSubstr("is not JSON"));
  const ReportFile empty{""};
  EXPECT_EQ(source_error({{}, empty.path()}).failure, Failure::bad_content);
}

TEST(SourceFile, ThatIsTooLarge) {
  const ReportFile file{std::string((16u << 20) + 1, ' ')};
  EXPECT_THAT(source_error({{}, file.path()}).text, testing::HasSubstr("larger than 16 MiB"));
}

TEST(Selected, IsADeviceByManyNames) {
  const Report report = laptop();  // card1, i915, 0000:00:02.0
  for (const char* selector : {"/dev/dri/card1", "card1", "1", "i915", "0000:00:02.0", "00:02.0"}) {
    EXPECT_TRUE(is_selected(report, selector)) << selector;
  }
  for (const char* selector : {"", "card", "card10", "/dev/dri/card10", "0", "11", "i91", "00:02.1",
                               "2.0", "pci", ":00:02.0"}) {
    EXPECT_FALSE(is_selected(report, selector)) << selector;
  }
  EXPECT_FALSE(is_selected(render_only(), "fde60000.gpu"));
  EXPECT_FALSE(is_selected(sysfs_only(), ""));
}

}  // namespace
}  // namespace drmshow::test
