// Writing a report as JSON and reading it again loses nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "json_reports.hpp"
#include "query/json/json.hpp"
#include "report_builder.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

using Maker = Report (*)();

class RoundTrip : public testing::TestWithParam<Maker> {};

TEST_P(RoundTrip, LosesNothing) {
  const std::string text = json_of(GetParam()());
  EXPECT_EQ(written_again(text), text);
}

INSTANTIATE_TEST_SUITE_P(Reports, RoundTrip,
                         testing::Values(&laptop, &asleep, &many_planes, &render_only, &sysfs_only,
                                         &everything));

TEST(RoundTripOfSeveral, KeepsTheirOrder) {
  std::vector<Report> reports;
  reports.push_back(laptop());
  reports.push_back(render_only());
  reports.push_back(everything());
  const std::string text = json_of(reports);
  EXPECT_EQ(written_again(text), text);
  const auto read = reports_from_json(text, "test.json");
  ASSERT_EQ(read.size(), 3u);
  EXPECT_EQ(read[1].path, "/dev/dri/card0");
  EXPECT_FALSE(read[1].kms);
}

TEST(RoundTripOfNothing, IsNothing) {
  EXPECT_EQ(written_again("{}"), "{}");
}

// What no kernel tells, but a file can: what cannot be kept is the same ever after.
TEST(RoundTripOfHostile, IsStable) {
  Json json = Json::parse(json_of(hostile()));
  json.begin()->erase("vanished");  // of a kind that does not exist
  const std::string once = written_again(json.dump());
  EXPECT_EQ(written_again(once), once);
  Json read = Json::parse(once);
  EXPECT_EQ(read.begin().key(), json.begin().key());
  for (Json* each : {&json, &read}) {
    Json& device = *each->begin();
    device.erase("vanished");
    device["crtcs"][0].erase("index");       // 40: it is the first
    device["planes"][0].erase("type_name");  // without a "type"
  }
  EXPECT_EQ(read.dump(2), json.dump(2));
}

TEST(ReadReport, HasWhatWasWritten) {
  const Report before = everything();
  const auto reports = reports_from_json(json_of(before), "test.json");
  const Report& after = reports.at(0);
  EXPECT_EQ(after.caps[2].value, before.caps[2].value);
  EXPECT_EQ(after.bus.pci, before.bus.pci);
  EXPECT_EQ(after.masters, before.masters);
  const Plane& plane = after.kms->planes()[0];
  EXPECT_EQ(plane.type, PlaneType::primary);
  EXPECT_EQ(plane.properties.value("CRTC_X"), ~std::uint64_t{0});
  EXPECT_EQ(plane.properties.find("CRTC_X")->info->kind, PropertyKind::signed_range);
  EXPECT_EQ(plane.properties.find("rotation")->info->entries.at(2).value, 63u);
  EXPECT_EQ(plane.properties.find("new kind")->info->kind, PropertyKind::unknown);
  EXPECT_TRUE(
      after.kms->blob(BlobId{static_cast<std::uint32_t>(*plane.properties.value("empty"))}));
  EXPECT_FALSE(after.kms->blob(BlobId{4711}));
  EXPECT_EQ(after.kms->framebuffers()[0].depth, 24u);
  EXPECT_FALSE(after.kms->framebuffers()[0].format);
}

// Properties of the same id share what describes them, as from the kernel; the same id with another
// description does not.
TEST(ReadReport, SharesDescriptions) {
  const auto reports = reports_from_json(json_of(laptop()), "test.json");
  const auto planes = reports[0].kms->planes();
  EXPECT_EQ(planes[0].properties.find("SRC_W")->info, planes[1].properties.find("SRC_W")->info);
  Json json = Json::parse(json_of(laptop()));
  (*json.begin())["planes"][1]["properties"]["SRC_W"]["spec"] = {{"min", 0}, {"max", 1}};
  const auto changed = reports_from_json(json.dump(), "test.json");
  EXPECT_THAT(changed[0].kms->planes()[1].properties.find("SRC_W")->info->limits,
              testing::ElementsAre(0, 1));
  EXPECT_THAT(changed[0].kms->planes()[0].properties.find("SRC_W")->info->limits,
              testing::Not(testing::ElementsAre(0, 1)));
}

TEST(JsonText, MendsWhatIsNotUtf8) {
  SnapshotBuilder builder;
  builder.connector({builder.encoder(1)});
  builder.data.connectors[0].name = "a\xff\xc3(";
  builder.property(builder.data.connectors[0], "b\xed\xa0\x80", 5);
  Report report;
  report.path = "/dev/dri/card\xfe";
  report.kms = builder.build();
  const std::string text = json_of(report);
  EXPECT_EQ(written_again(text), text);
  const auto read = reports_from_json(text, "test.json");
  EXPECT_EQ(read[0].kms->connectors()[0].name, "a\xef\xbf\xbd\xef\xbf\xbd(");
}

}  // namespace
}  // namespace drmshow::test
