// Files that drm_info -j wrote.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "drm/format_table.hpp"
#include "json_reports.hpp"
#include "query/json/blobs.hpp"
#include "query/json/json.hpp"
#include "report_builder.hpp"

namespace drmshow::test {
namespace {

// In the layout of drm_info 2.4, cut down to what differs. Its "spec" of object properties is
// whatever was in memory, its blobs are there only as "data".
constexpr const char* sample = R"({
  "/dev/dri/card1": {
    "driver": {
      "name": "i915", "desc": "Intel Graphics",
      "version": {"major": 1, "minor": 6, "patch": 0, "date": "20230929"},
      "kernel": {"sysname": "Linux", "release": "6.1.0", "version": "#1 SMP"},
      "client_caps": {"STEREO_3D": true, "ATOMIC": true},
      "caps": {"DUMB_BUFFER": 1, "SYNCOBJ": null}
    },
    "device": {
      "available_nodes": 5, "bus_type": 0,
      "device_data": {"vendor": 32902, "device": 18086,
                      "subsystem_vendor": 6058, "subsystem_device": 8935}
    },
    "fb_size": {"min_width": 0, "max_width": 16384, "min_height": 0, "max_height": 16384},
    "connectors": [
      {"id": 95, "type": 14, "status": 1, "phy_width": 300, "phy_height": 190, "subpixel": 1,
       "encoder_id": 94, "encoders": [94],
       "modes": [{"clock": 148500, "hdisplay": 1920, "hsync_start": 2008, "hsync_end": 2052,
                  "htotal": 2200, "hskew": 0, "vdisplay": 1080, "vsync_start": 1084,
                  "vsync_end": 1089, "vtotal": 1125, "vscan": 0, "vrefresh": 60, "flags": 5,
                  "type": 72, "name": "1920x1080"}],
       "properties": {
         "EDID": {"id": 1, "flags": 20, "type": 16, "atomic": false, "immutable": true,
                  "raw_value": 97, "spec": null, "value": null, "data": null},
         "PATH": {"id": 3, "flags": 20, "type": 16, "atomic": false, "immutable": true,
                  "raw_value": 98, "spec": null, "value": null, "data": "mst:58-1"},
         "link-status": {"id": 5, "flags": 8, "type": 8, "atomic": false, "immutable": false,
                         "raw_value": 1, "spec": [{"name": "Good", "value": 0},
                                                  {"name": "Bad", "value": 1}],
                         "value": 1, "data": null},
         "CRTC_ID": {"id": 20, "flags": 2147483712, "type": 64, "atomic": true,
                     "immutable": false, "raw_value": 80, "spec": 4227595259, "value": 80,
                     "data": null}}},
      {"id": 103, "type": 10, "status": 2, "phy_width": 0, "phy_height": 0, "subpixel": 1,
       "encoder_id": 0, "encoders": [102], "modes": [], "properties": {}},
      {"id": 108, "type": 10, "status": 3, "phy_width": 0, "phy_height": 0, "subpixel": 6,
       "encoder_id": 0, "encoders": [], "modes": [], "properties": {}},
      {"id": 109, "type": 11, "status": 2, "phy_width": 0, "phy_height": 0, "subpixel": 1,
       "encoder_id": 0, "encoders": [], "modes": [], "properties": {}}
    ],
    "encoders": [
      {"id": 94, "type": 2, "crtc_id": 80, "possible_crtcs": 15, "possible_clones": 1},
      {"id": 102, "type": 2, "crtc_id": 0, "possible_crtcs": 15, "possible_clones": 2}
    ],
    "crtcs": [
      {"id": 80, "fb_id": 230, "x": 0, "y": 0, "mode": null, "gamma_size": 1024,
       "properties": {
         "ACTIVE": {"id": 22, "flags": 2147483650, "type": 2, "atomic": true, "immutable": false,
                    "raw_value": 1, "spec": {"min": 0, "max": 1}, "value": 1, "data": null},
         "MODE_ID": {"id": 23, "flags": 2147483664, "type": 16, "atomic": true,
                     "immutable": false, "raw_value": 231, "spec": null, "value": null,
                     "data": {"clock": 148500, "hdisplay": 1920, "hsync_start": 2008,
                              "hsync_end": 2052, "htotal": 2200, "hskew": 0, "vdisplay": 1080,
                              "vsync_start": 1084, "vsync_end": 1089, "vtotal": 1125, "vscan": 0,
                              "vrefresh": 60, "flags": 5, "type": 72, "name": "1920x1080"}}}}
    ],
    "planes": [
      {"id": 31, "possible_crtcs": 1, "crtc_id": 80, "fb_id": 230, "crtc_x": 0, "crtc_y": 0,
       "x": 0, "y": 0, "gamma_size": 0,
       "fb": {"id": 230, "width": 1920, "height": 1080, "format": 875713112,
              "modifier": 72057594037927938, "planes": [{"offset": 0, "pitch": 7680}]},
       "formats": [875713112, 875708993, 808669784],
       "properties": {
         "type": {"id": 8, "flags": 12, "type": 8, "atomic": false, "immutable": true,
                  "raw_value": 1, "spec": [{"name": "Overlay", "value": 0},
                                           {"name": "Primary", "value": 1}],
                  "value": 1, "data": null},
         "IN_FENCE_FD": {"id": 18, "flags": 2147483776, "type": 128, "atomic": true,
                         "immutable": false, "raw_value": -1,
                         "spec": {"min": -1, "max": 2147483647}, "value": -1, "data": null},
         "OUT_FENCE_PTR": {"id": 19, "flags": 2147483650, "type": 2, "atomic": true,
                           "immutable": false, "raw_value": -2, "spec": {"min": 0, "max": -1},
                           "value": -2, "data": null},
         "IN_FORMATS": {"id": 32, "flags": 20, "type": 16, "atomic": false, "immutable": true,
                        "raw_value": 33, "spec": null, "value": null,
                        "data": [{"modifier": 72057594037927938, "formats": [808669784, 875713112]},
                                 {"modifier": -1, "formats": [875708993]}]}}}
    ]
  }
})";

class DrmInfo : public testing::Test {
 protected:
  const std::vector<Report> reports = reports_from_json(sample, "sample.json");
  const Report& report = reports.at(0);
  const Snapshot& kms = *report.kms;

  std::span<const std::byte> bytes(const PropertySet& properties, const char* name) const {
    return kms.blob(BlobId{static_cast<std::uint32_t>(properties.value(name).value())}).value();
  }
};

TEST_F(DrmInfo, TellsOfTheDevice) {
  EXPECT_EQ(report.name(), "card1");
  EXPECT_EQ(report.driver.name, "i915");
  EXPECT_EQ(report.driver.minor, 6);
  EXPECT_EQ(report.bus.type, "pci");
  EXPECT_EQ(report.bus.pci, (PciIds{0x8086, 0x46a6, 0x17aa, 0x22e7}));
  EXPECT_EQ(report.caps[1].value, std::nullopt);
  EXPECT_FALSE(report.masters);
}

// The kernel counts each type from 1, and drm_info lists them in the kernel's order.
TEST_F(DrmInfo, ConnectorsGetTheirNames) {
  std::vector<std::string> names;
  for (const Connector& connector : kms.connectors()) names.push_back(connector.name);
  EXPECT_THAT(names, testing::ElementsAre("eDP-1", "DP-1", "DP-2", "HDMI-A-1"));
  EXPECT_EQ(kms.connectors()[1].connection, Connection::disconnected);
  EXPECT_EQ(kms.connectors()[2].connection, Connection::unknown);
  EXPECT_EQ(kms.connectors()[2].subpixel, Subpixel::none);
}

TEST_F(DrmInfo, NegativeNumbersAreThoseBeyond63Bits) {
  const PropertySet& properties = kms.planes()[0].properties;
  EXPECT_EQ(properties.value("IN_FENCE_FD"), ~std::uint64_t{0});
  EXPECT_EQ(properties.value("OUT_FENCE_PTR"), ~std::uint64_t{1});
  EXPECT_THAT(properties.find("OUT_FENCE_PTR")->info->limits,
              testing::ElementsAre(0, ~std::uint64_t{0}));
}

TEST_F(DrmInfo, FramebuffersOfPlanesAreThere) {
  ASSERT_EQ(kms.framebuffers().size(), 1u);
  EXPECT_EQ(kms.framebuffers()[0].modifier, Modifier{0x0100000000000002});
  EXPECT_EQ(kms.framebuffers()[0].planes.at(0).pitch, 7680u);
}

TEST_F(DrmInfo, ModesAreBlobsAgain) {
  const auto blob = bytes(kms.crtcs()[0].properties, "MODE_ID");
  const auto mode = std::as_bytes(std::span{&kms.connectors()[0].modes[0].raw(), 1});
  EXPECT_THAT(blob, testing::ElementsAreArray(mode));
  EXPECT_EQ(to_string(kms.connectors()[0].modes[0]), "1920x1080 @ 60.00 Hz");
}

TEST_F(DrmInfo, TextsAreBlobsAgain) {
  EXPECT_EQ(bytes(kms.connectors()[0].properties, "PATH").size(), 8u);
  EXPECT_FALSE(kms.blob(BlobId{97}));  // the EDID, which drm_info does not tell
}

// In the order of the plane's formats, not in that in which the rows happen to name them.
TEST_F(DrmInfo, FormatTablesAreBlobsAgain) {
  const FormatTable table = parse_format_table(bytes(kms.planes()[0].properties, "IN_FORMATS"));
  EXPECT_EQ(table.problem, "");
  EXPECT_EQ(table.formats, kms.planes()[0].formats);
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[0].modifier, Modifier{0x0100000000000002});
  EXPECT_THAT(table.rows[0].formats, testing::ElementsAre(Format{875713112}, Format{808669784}));
  EXPECT_EQ(table.rows[1].modifier, Modifier{~std::uint64_t{0}});
  EXPECT_THAT(table.rows[1].formats, testing::ElementsAre(Format{875708993}));
}

// A filter for drm_info that is used on what we write must find the same.
TEST_F(DrmInfo, ItsKeysAreWrittenAsTheyWere) {
  const Json theirs = Json::parse(sample);
  const Json ours = Json::parse(json_of(report));
  const Json& before = theirs.begin().value();
  const Json& after = ours.begin().value();
  // "fb" and all names are ours; what they had must be there with their meaning.
  for (const char* pointer :
       {"/driver/version", "/fb_size", "/device/device_data", "/connectors/0/encoders",
        "/connectors/1/status", "/encoders/0/possible_crtcs", "/crtcs/0/gamma_size",
        "/planes/0/formats", "/planes/0/fb/planes", "/crtcs/0/properties/ACTIVE/spec",
        "/connectors/0/properties/link-status/spec", "/connectors/0/properties/PATH/data",
        "/connectors/0/properties/CRTC_ID/spec", "/planes/0/properties/IN_FENCE_FD/value",
        "/planes/0/properties/type/type", "/planes/0/properties/type/immutable"}) {
    const Json::json_pointer at{pointer};
    EXPECT_EQ(after.at(at), before.at(at)) << pointer;
  }
}

class FormatTableFromDrmInfo : public testing::TestWithParam<std::size_t> {};

// With and without the plane's own list of formats, at the edges of the kernel's 64 a row.
TEST_P(FormatTableFromDrmInfo, HasTheSameRows) {
  std::vector<Format> all;
  for (std::size_t i = 0; i < GetParam(); ++i) all.emplace_back(static_cast<std::uint32_t>(i + 1));
  const std::vector<Modifier> modifiers{Modifier{}, Modifier{0x0100000000000001},
                                        Modifier{0x0aaa000000000001}};
  const FormatTable before = parse_format_table(format_table_blob(all, modifiers));
  Json data = Json::array();
  for (const auto& row : before.rows) {
    Json formats = Json::array();
    for (const Format format : row.formats) formats.push_back(format.fourcc());
    data.push_back({{"modifier", row.modifier.value()}, {"formats", formats}});
  }
  const Json property{{"data", data}};
  for (const std::vector<Format>& of_plane : {std::vector<Format>{}, all}) {
    const auto blob = blob_from_json("IN_FORMATS", {property, "test"}, of_plane);
    ASSERT_TRUE(blob);
    EXPECT_EQ(*blob, format_table_blob(all, modifiers));
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, FormatTableFromDrmInfo,
                         testing::Values(1, 31, 32, 33, 63, 64, 65, 128, 129, 200));

}  // namespace
}  // namespace drmshow::test
