#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "query/objects.hpp"
#include "query/path.hpp"
#include "report_builder.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

// card0 and card1: each has DP-1; HDMI-A-1 is on card1 only. Ids of both begin at 31.
Report small_device(const std::string& name, const std::string& driver) {
  SnapshotBuilder builder;
  builder.simple_output();  // crtc/31, plane/32, encoder/33, connector/34 DP-1
  if (name == "card1") builder.connector({}, Connection::disconnected, "HDMI-A");
  add_colorop(builder, 200, "1D Curve", 0);
  FramebufferInfo fb;
  fb.id = FramebufferId{70};
  builder.data.framebuffers = {fb};
  if (name == "card1") builder.data.connectors[1].name = "HDMI-A-1";
  Report report;
  report.path = "/dev/dri/" + name;
  report.driver.name = driver;
  report.kms = builder.build();
  return report;
}

std::vector<Report> two_devices() {
  std::vector<Report> reports;
  reports.push_back(small_device("card0", "virtio_gpu"));
  reports.push_back(small_device("card1", "amdgpu"));
  return reports;
}

std::vector<Report> one_device() {
  std::vector<Report> reports;
  reports.push_back(small_device("card1", "amdgpu"));
  return reports;
}

// What resolve() makes of `path`, as text: "card0/DP-1 .status"
std::string resolved(const std::vector<Report>& reports, std::string_view path) {
  const Target target = resolve(reports, path);
  const std::string object =
      target.object ? object_path(*target.report, *target.object) : target.report->name();
  return object + (target.field.empty() ? "" : " ." + target.field);
}

struct Found {
  const char* path;
  const char* meaning;
};

class PathOfOne : public testing::TestWithParam<Found> {};

TEST_P(PathOfOne, IsFound) {
  EXPECT_EQ(resolved(one_device(), GetParam().path), GetParam().meaning);
}

INSTANTIATE_TEST_SUITE_P(
    Paths, PathOfOne,
    testing::Values(Found{"card1", "card1"}, Found{"amdgpu", "card1"},
                    Found{"card1.caps.PRIME", "card1 .caps.PRIME"},
                    Found{"amdgpu.driver", "card1 .driver"}, Found{"DP-1", "card1/DP-1"},
                    Found{"HDMI-A-1", "card1/HDMI-A-1"}, Found{"card1/DP-1", "card1/DP-1"},
                    Found{"amdgpu/DP-1", "card1/DP-1"},
                    Found{"DP-1.link-status", "card1/DP-1 .link-status"},
                    Found{"card1/DP-1.EDID.serial", "card1/DP-1 .EDID.serial"},
                    Found{"connector/34", "card1/DP-1"}, Found{"crtc/31", "card1/crtc/31"},
                    Found{"encoder/33", "card1/encoder/33"}, Found{"plane/32", "card1/plane/32"},
                    Found{"plane/32.type", "card1/plane/32 .type"},
                    Found{"card1/plane/32.IN_FORMATS", "card1/plane/32 .IN_FORMATS"},
                    Found{"amdgpu/crtc/31", "card1/crtc/31"}, Found{"fb/70", "card1/fb/70"},
                    Found{"framebuffer/70", "card1/fb/70"},
                    Found{"colorop/200", "card1/colorop/200"}, Found{"DP-1.", "card1/DP-1"},
                    Found{"DP-1..x", "card1/DP-1 ..x"}, Found{"card1.", "card1"},
                    Found{"plane/032", "card1/plane/32"}));

struct Refused {
  const char* path;
  Failure failure;
  const char* what;  // part of the text or hint
};

std::string refusal(const std::vector<Report>& reports, const Refused& refused) {
  try {
    return "found " + resolved(reports, refused.path);
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), refused.failure) << refused.path;
    return std::string{error.what()} + " | " + error.hint();
  }
}

class PathOfNothing : public testing::TestWithParam<Refused> {};

TEST_P(PathOfNothing, IsRefused) {
  EXPECT_THAT(refusal(one_device(), GetParam()), testing::HasSubstr(GetParam().what));
}

INSTANTIATE_TEST_SUITE_P(
    Paths, PathOfNothing,
    testing::Values(Refused{"DP-2", Failure::not_found, "Did you mean \"DP-1\"?"},
                    Refused{"dp-1", Failure::not_found, "Did you mean \"DP-1\"?"},
                    Refused{"HDMI-1", Failure::not_found, "Did you mean \"HDMI-A-1\"?"},
                    Refused{"crtc/32", Failure::not_found, "Did you mean \"crtc/31\"?"},
                    Refused{"card2", Failure::not_found, "Did you mean \"card1\"?"},
                    Refused{"card2/DP-1", Failure::not_found, "there is no \"card2/DP-1\""},
                    Refused{"card1/", Failure::not_found, "Did you mean \"card1\"?"},
                    Refused{"card1//DP-1", Failure::not_found, "there is no"},
                    Refused{"/DP-1", Failure::not_found, "there is no"},
                    Refused{"plane/", Failure::not_found, "there is no \"plane/\""},
                    Refused{"plane/-1", Failure::not_found, "there is no"},
                    Refused{"plane/32x", Failure::not_found, "there is no"},
                    Refused{"plane/4294967328", Failure::not_found, "there is no"},
                    Refused{"plane/99999999999999999999999", Failure::not_found, "there is no"},
                    Refused{"plane/0", Failure::not_found, "there is no"},
                    Refused{"connector/0", Failure::not_found, "there is no"},
                    Refused{"blob/5", Failure::not_found, "there is no"},
                    Refused{"crtc/32", Failure::not_found, "drm-query tree"},
                    Refused{"", Failure::not_found, "there is no \"\""},
                    Refused{".", Failure::not_found, "there is no \"\""},
                    Refused{"/", Failure::not_found, "there is no \"/\""},
                    Refused{".EDID", Failure::not_found, "there is no \"\""}));

TEST(PathOfSeveral, SaysWhich) {
  const auto reports = two_devices();
  EXPECT_EQ(resolved(reports, "HDMI-A-1"), "card1/HDMI-A-1");
  EXPECT_EQ(resolved(reports, "card0/DP-1"), "card0/DP-1");
  EXPECT_EQ(resolved(reports, "amdgpu/plane/32"), "card1/plane/32");
  EXPECT_THAT(refusal(reports, {"DP-1", Failure::usage, ""}),
              testing::HasSubstr("Say which: card0/DP-1, card1/DP-1."));
  EXPECT_THAT(refusal(reports, {"crtc/31.ACTIVE", Failure::usage, ""}),
              testing::HasSubstr("card0/crtc/31, card1/crtc/31"));
}

TEST(PathOfSeveral, DriverOfSeveralDevices) {
  std::vector<Report> reports;
  reports.push_back(small_device("card0", "amdgpu"));
  reports.push_back(small_device("card1", "amdgpu"));
  EXPECT_THAT(refusal(reports, {"amdgpu", Failure::usage, ""}),
              testing::HasSubstr("Say which: card0, card1."));
  EXPECT_THAT(refusal(reports, {"amdgpu/DP-1", Failure::usage, ""}),
              testing::HasSubstr("card0/DP-1, card1/DP-1"));
  EXPECT_EQ(resolved(reports, "amdgpu/HDMI-A-1"), "card1/HDMI-A-1");
}

// A node is named by nothing but its own name, whatever drivers are called.
TEST(PathOfSeveral, NodeBeforeDriver) {
  std::vector<Report> reports;
  reports.push_back(small_device("card0", "card1"));
  reports.push_back(small_device("card1", "amdgpu"));
  EXPECT_EQ(resolved(reports, "card1"), "card1");
}

TEST(PathWithoutDevices, HasNoDevice) {
  EXPECT_THAT(refusal({}, {"DP-1", Failure::no_device, ""}), testing::HasSubstr("no DRM device"));
}

// Before Linux 6.6 sysfs tells no ids: each is another connector all the same.
TEST(PathWithoutIds, IsTheConnectorsName) {
  std::vector<Report> reports;
  reports.push_back(sysfs_only());
  for (const std::string name : {"DP-1", "HDMI-A-2"}) {
    const Target target = resolve(reports, name);
    ASSERT_TRUE(target.object);
    EXPECT_EQ(object_path(reports[0], *target.object), "card0/" + name);
    EXPECT_EQ(find_connector(*reports[0].kms, *target.object)->name, name);
  }
  EXPECT_THAT(refusal(reports, {"", Failure::not_found, ""}), testing::HasSubstr("there is no"));
}

TEST(Objects, AreListedByKind) {
  const auto reports = one_device();
  std::vector<std::string> paths;
  for (const ObjectRef ref : objects_of(reports[0])) paths.push_back(object_path(reports[0], ref));
  EXPECT_THAT(paths, testing::ElementsAre("card1/DP-1", "card1/HDMI-A-1", "card1/encoder/33",
                                          "card1/crtc/31", "card1/plane/32", "card1/fb/70",
                                          "card1/colorop/200"));
  EXPECT_TRUE(objects_of(render_only()).empty());
}

TEST(Objects, HaveProperties) {
  const auto reports = one_device();
  const Report& report = reports[0];
  for (const ObjectKind kind :
       {ObjectKind::connector, ObjectKind::crtc, ObjectKind::plane, ObjectKind::colorop}) {
    for (const ObjectRef ref : objects_of(report)) {
      if (ref.kind != kind) continue;
      EXPECT_TRUE(properties_of(report, ref)) << label(ref);
    }
    EXPECT_FALSE(properties_of(report, {kind, 9999}));
  }
  EXPECT_FALSE(properties_of(report, {ObjectKind::encoder, 33}));
  EXPECT_FALSE(properties_of(render_only(), {ObjectKind::crtc, 31}));
}

TEST(Kinds, HaveTheirNames) {
  for (int i = 0; i <= static_cast<int>(ObjectKind::colorop); ++i) {
    const auto kind = static_cast<ObjectKind>(i);
    EXPECT_EQ(kind_named(kind_name(kind)), kind);
  }
  EXPECT_EQ(kind_named("framebuffer"), ObjectKind::framebuffer);
  EXPECT_EQ(kind_named("Plane"), std::nullopt);
  EXPECT_EQ(kind_named(""), std::nullopt);
}

}  // namespace
}  // namespace drmshow::test
