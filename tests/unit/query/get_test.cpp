#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "drm-show/error.hpp"
#include "query/get.hpp"
#include "report_builder.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

Report device() {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.light(0, 0, 0, 0);
  Connector& connector = builder.data.connectors[0];
  add_range(builder, connector.properties, "max bpc", 6, 16, 10);
  add_enum(builder, connector.properties, "link-status", {{0, "Good"}, {1, "Bad"}}, 1);
  add_blob(builder, connector.properties, "EDID", edid_blob("Sample", {60, 34}));
  builder.property(connector, "a.b", 5);
  builder.property(connector, "gone", 4711, PropertyKind::blob);
  Plane& plane = builder.data.planes[0];
  builder.property(plane, "shift", ~std::uint64_t{9}, PropertyKind::signed_range);
  add_range(builder, plane.properties, "beyond", 0, ~std::uint64_t{0}, ~std::uint64_t{0});
  add_blob(builder, plane.properties, "IN_FORMATS",
           format_table_blob({formats::xrgb8888}, {Modifier{}}));
  Report report;
  report.path = "/dev/dri/card0";
  report.driver = {"amdgpu", "AMD", "2015", 3, 42, 0};
  report.caps = {{"PRIME", 3}, {"SYNCOBJ", std::nullopt}};
  report.notes = {"One.", "\x1b[31mTwo\n"};
  report.kms = builder.build();
  return report;
}

const std::vector<Report>& devices() {
  static const std::vector<Report> all = [] {
    std::vector<Report> reports;
    reports.push_back(device());
    return reports;
  }();
  return all;
}

Target target(const std::string& path) {
  return resolve(devices(), path);
}

struct Value {
  const char* path;
  const char* text;
};

class GetText : public testing::TestWithParam<Value> {};

TEST_P(GetText, IsTheValue) {
  EXPECT_EQ(get_text(target(GetParam().path)), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Values, GetText,
    testing::Values(
        Value{"DP-1.link-status", "Bad\n"}, Value{"DP-1.LINK-STATUS", "Bad\n"},
        Value{"DP-1.max bpc", "10\n"}, Value{"DP-1.Max BPC", "10\n"}, Value{"DP-1.a.b", "5\n"},
        Value{"DP-1.status_name", "connected\n"}, Value{"DP-1.status", "1\n"},
        Value{"DP-1.modes.0.refresh", "60.0\n"}, Value{"DP-1.modes.0.preferred", "true\n"},
        Value{"DP-1.modes.0.name", "1024x768\n"}, Value{"DP-1.encoders", "33\n"},
        Value{"DP-1.encoders.0", "33\n"}, Value{"DP-1.EDID.model", "Sample\n"},
        Value{"DP-1.edid.model", "Sample\n"}, Value{"DP-1.EDID.size_mm.width", "600\n"},
        Value{"DP-1.EDID.hdr", "none\n"}, Value{"DP-1.EDID.immutable", "true\n"},
        Value{"DP-1.link-status.raw_value", "1\n"}, Value{"DP-1.link-status.spec.1.name", "Bad\n"},
        Value{"plane/32.shift", "-10\n"},
        Value{"plane/32.beyond", "18446744073709551615 (0xffffffffffffffff)\n"},
        Value{"plane/32.format_names", "XRGB8888 (XR24)\n"},
        Value{"plane/32.IN_FORMATS.0.format_names.0", "XRGB8888 (XR24)\n"},
        Value{"crtc/31.MODE_ID.vdisplay", "768\n"}, Value{"crtc/31.mode.clock", "65000\n"},
        Value{"card0.caps.PRIME", "3\n"}, Value{"card0.caps.SYNCOBJ", "none\n"},
        Value{"card0.driver.caps.PRIME", "3\n"}, Value{"card0.driver.name", "amdgpu\n"},
        Value{"card0.version.minor", "42\n"}, Value{"card0.render_node", "none\n"},
        Value{"card0.notes", "One.\n?[31mTwo?\n"}, Value{"card0.connectors.0.name", "DP-1\n"}));

struct Refusal {
  const char* path;
  Failure failure;
  const char* what;
};

template <class Get>
std::string refusal(Get get, const Refusal& refused) {
  try {
    static_cast<void>(get(target(refused.path)));
    return "no refusal";
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), refused.failure) << refused.path;
    return std::string{error.what()} + " | " + error.hint();
  }
}

class GetNothing : public testing::TestWithParam<Refusal> {};

TEST_P(GetNothing, IsNotFound) {
  EXPECT_THAT(refusal(get_text, GetParam()), testing::HasSubstr(GetParam().what));
  EXPECT_THAT(refusal(get_json, GetParam()), testing::HasSubstr(GetParam().what));
  EXPECT_THAT(refusal(get_raw, GetParam()), testing::HasSubstr(GetParam().what));
}

INSTANTIATE_TEST_SUITE_P(
    Paths, GetNothing,
    testing::Values(
        Refusal{"DP-1.link-stats", Failure::not_found, "Did you mean \"link-status\"?"},
        Refusal{"DP-1.link-stats", Failure::not_found, "card0/DP-1 has no \"link-stats\""},
        Refusal{"DP-1.modes.1", Failure::not_found, "has no \"modes.1\""},
        Refusal{"DP-1.modes.-1", Failure::not_found, "has no"},
        Refusal{"DP-1.modes.0.x", Failure::not_found, "has no"},
        Refusal{"DP-1.modes.0.clock.x", Failure::not_found, "has no"},
        Refusal{"DP-1.modes..clock", Failure::not_found, "has no"},
        Refusal{"DP-1.EDID.serials", Failure::not_found, "has no \"EDID.serials\""},
        Refusal{"DP-1.link-status.x", Failure::not_found, "has no"},
        Refusal{"DP-1.modes.99999999999999999999999", Failure::not_found, "has no"},
        Refusal{"card0.caps.PRIMES", Failure::not_found, "card0 has no \"caps.PRIMES\""},
        Refusal{"card0.EDID", Failure::not_found, "card0 has no \"EDID\""},
        Refusal{"encoder/33.ACTIVE", Failure::not_found, "card0/encoder/33 has no \"ACTIVE\""},
        Refusal{"crtc/31.ACTIV", Failure::not_found, "drm-query show card0/crtc/31"}));

TEST(GetText, ListsTheLinesOfWhatHasParts) {
  EXPECT_THAT(get_text(target("DP-1.EDID")), testing::ContainsRegex("Sample[^\n]*\n[^\n]+\n"));
  EXPECT_THAT(get_text(target("plane/32.IN_FORMATS")), testing::HasSubstr("XRGB8888"));
  EXPECT_THAT(get_text(target("DP-1.modes")), testing::StartsWith("{\"clock\":65000"));
}

TEST(GetJson, IsAllThereIs) {
  EXPECT_EQ(get_json(target("DP-1.max bpc"))["raw_value"], 10);
  EXPECT_EQ(get_json(target("DP-1.max bpc"))["spec"]["max"], 16);
  EXPECT_EQ(get_json(target("DP-1"))["status_name"], "connected");
  EXPECT_EQ(get_json(target("card0"))["driver"]["name"], "amdgpu");
  EXPECT_EQ(get_json(target("DP-1.EDID.model")), "Sample");
  EXPECT_EQ(get_json(target("DP-1.EDID."))["type_name"], "blob");
}

TEST(GetRaw, IsTheNumberOrTheBytes) {
  EXPECT_EQ(get_raw(target("DP-1.link-status")), "1\n");
  EXPECT_EQ(get_raw(target("DP-1.max bpc")), "10\n");
  EXPECT_EQ(get_raw(target("plane/32.shift")), "-10\n");
  EXPECT_EQ(get_raw(target("plane/32.beyond")), "18446744073709551615\n");
  const Bytes edid = edid_blob("Sample", {60, 34});
  EXPECT_EQ(get_raw(target("DP-1.EDID")),
            (std::string{reinterpret_cast<const char*>(edid.data()), edid.size()}));
  EXPECT_EQ(get_raw(target("crtc/31.MODE_ID")).size(), 68u);
}

TEST(GetRaw, RefusesWhatIsNoProperty) {
  EXPECT_THAT(refusal(get_raw, {"DP-1.status_name", Failure::usage, ""}),
              testing::HasSubstr("is not a property"));
  EXPECT_THAT(refusal(get_raw, {"DP-1.EDID.model", Failure::usage, ""}),
              testing::HasSubstr("is not a property"));
  EXPECT_THAT(refusal(get_raw, {"card0.caps.PRIME", Failure::usage, ""}),
              testing::HasSubstr("is not a property"));
  EXPECT_THAT(refusal(get_raw, {"DP-1.gone", Failure::not_found, ""}),
              testing::HasSubstr("no blob"));
}

// What a user who may not open the node asks for in vain needs permission, not another name.
TEST(GetWithoutPermission, SaysSo) {
  std::vector<Report> reports;
  reports.push_back(sysfs_only());
  EXPECT_EQ(get_text(resolve(reports, "DP-1.status_name")), "connected\n");
  EXPECT_EQ(get_text(resolve(reports, "HDMI-A-2.status_name")), "disconnected\n");
  try {
    static_cast<void>(get_text(resolve(reports, "HDMI-A-2.vrr_capable")));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::no_permission);
    EXPECT_THAT(error.what(), testing::HasSubstr("card0/HDMI-A-2: \"vrr_capable\""));
  }
}

}  // namespace
}  // namespace drmshow::test
