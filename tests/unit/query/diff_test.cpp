#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "query/diff.hpp"
#include "query/fields.hpp"
#include "report_builder.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Edit = std::function<void(SnapshotBuilder&, Report&)>;

// crtc/31, plane/32, encoder/33, connector/34 DP-1; lit. `edit` is done before it is a snapshot.
Report lit_device(const Edit& edit = [](SnapshotBuilder&, Report&) {}) {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.light(0, 0, 0, 0);
  add_enum(builder, builder.data.connectors[0].properties, "link-status", {{0, "Good"}, {1, "Bad"}},
           0);
  add_blob(builder, builder.data.connectors[0].properties, "EDID", edid_blob("Old", {60, 34}));
  FramebufferInfo fb;
  fb.id = builder.data.planes[0].fb;
  fb.size = {1024, 768};
  fb.format = formats::xrgb8888;
  builder.data.framebuffers = {fb};
  Report report;
  report.path = "/dev/dri/card0";
  report.driver.name = "amdgpu";
  report.caps = {{"PRIME", 3}};
  report.masters = std::vector<DrmClient>{};
  edit(builder, report);
  report.kms = builder.build();
  return report;
}

std::vector<std::string> changes(const Report& before, const Report& after,
                                 Ignore ignore = Ignore::nothing) {
  std::vector<std::string> texts;
  for (const Change& change : differences({&before, 1}, {&after, 1}, ignore)) {
    texts.push_back(to_text(change, false));
  }
  return texts;
}

std::vector<std::string> changes(const Edit& edit, Ignore ignore = Ignore::nothing) {
  return changes(lit_device(), lit_device(edit), ignore);
}

void give_blob_a_new_id(SnapshotBuilder& builder, PropertySet& set, const char* name) {
  const BlobId old{static_cast<std::uint32_t>(set.value(name).value())};
  const Bytes bytes = builder.data.blobs.at(old);
  builder.data.blobs.erase(old);
  builder.data.blobs[BlobId{7000}] = bytes;
  std::vector<Property> properties{set.begin(), set.end()};
  for (Property& each : properties) {
    if (each.info->name == name) each.value = 7000;
  }
  set = PropertySet{std::move(properties)};
}

TEST(NoDifference, OfAnythingFromItself) {
  using Maker = Report (*)();
  for (const Maker make : {&laptop, &asleep, &many_planes, &render_only, &sysfs_only, &hostile}) {
    EXPECT_THAT(changes(make(), make()), IsEmpty());
  }
}

TEST(NoDifference, WhenBlobsHaveNewIds) {
  EXPECT_THAT(changes([](SnapshotBuilder& builder, Report&) {
                give_blob_a_new_id(builder, builder.data.connectors[0].properties, "EDID");
              }),
              IsEmpty());
}

TEST(Difference, OfBlobs) {
  const auto texts = changes([](SnapshotBuilder& builder, Report&) {
    add_blob(builder, builder.data.connectors[0].properties, "EDID", edid_blob("New", {60, 34}));
  });
  EXPECT_THAT(texts, ElementsAre(testing::StartsWith("  card0/DP-1.EDID: ")));
  EXPECT_THAT(texts.at(0), testing::ContainsRegex("Old.* -> .*New"));
}

// Something that its one line does not tell.
TEST(Difference, OfBlobsThatReadAlike) {
  const auto texts = changes([](SnapshotBuilder& builder, Report&) {
    Bytes& edid = builder.data.blobs.begin()->second;
    for (auto& [id, bytes] : builder.data.blobs) {
      if (bytes.size() != 128) continue;
      bytes[23] ^= std::byte{1};  // the gamma
      bytes[127] ^= std::byte{1};
    }
    static_cast<void>(edid);
  });
  EXPECT_THAT(texts, ElementsAre(testing::HasSubstr("(new contents)")));
}

TEST(Difference, OfConnectors) {
  EXPECT_THAT(changes([](SnapshotBuilder& builder, Report&) {
                builder.data.connectors[0].connection = Connection::disconnected;
                builder.data.connectors[0].size_mm = {10, 20};
              }),
              ElementsAre("  card0/DP-1.status_name: connected -> disconnected",
                          "  card0/DP-1.phy_width: 0 -> 10", "  card0/DP-1.phy_height: 0 -> 20"));
}

TEST(Difference, OfModes) {
  EXPECT_THAT(changes([](SnapshotBuilder& builder, Report&) {
                builder.data.connectors[0].modes = {make_mode(1920, 1080, 148500, 2200, 1125),
                                                    make_mode(1920, 1080, 148500, 2200, 1125)};
              }),
              ElementsAre("- card0/DP-1.mode 1024x768 @ 60.00 Hz (preferred)",
                          "+ card0/DP-1.mode 1920x1080 @ 60.00 Hz (offered)",
                          "+ card0/DP-1.mode 1920x1080 @ 60.00 Hz (2) (offered)"));
}

TEST(Difference, OfProperties) {
  EXPECT_THAT(changes([](SnapshotBuilder& builder, Report&) {
                PropertySet& properties = builder.data.connectors[0].properties;
                add_enum(builder, properties, "link-status", {{0, "Good"}, {1, "Bad"}}, 1);
                add_range(builder, properties, "max bpc", 6, 16, 8);
              }),
              testing::UnorderedElementsAre("  card0/DP-1.link-status: Good -> Bad",
                                            "+ card0/DP-1.max bpc (8)"));
  const Report more = lit_device([](SnapshotBuilder& builder, Report&) {
    builder.property(builder.data.crtcs[0], "extra", 5);
  });
  EXPECT_THAT(changes(more, lit_device()), ElementsAre("- card0/crtc/31.extra (5)"));
}

TEST(Difference, OfObjects) {
  const Edit add_plane = [](SnapshotBuilder& builder, Report&) {
    builder.plane(PlaneType::cursor, 1);
    builder.connector({}, Connection::disconnected, "HDMI-A");
  };
  EXPECT_THAT(
      changes(lit_device(), lit_device(add_plane)),
      ElementsAre(testing::MatchesRegex("\\+ card0/HDMI-A-2 \\(connector/[0-9]+, disconnected\\)"),
                  testing::MatchesRegex("\\+ card0/plane/[0-9]+ \\(cursor plane\\)")));
  EXPECT_THAT(
      changes(lit_device(add_plane), lit_device()),
      ElementsAre(testing::StartsWith("- card0/HDMI-A-2"), testing::StartsWith("- card0/plane/")));
}

TEST(Difference, OfTheDevice) {
  EXPECT_THAT(changes([](SnapshotBuilder&, Report& report) {
                report.caps[0].value = 1;
                report.masters = std::vector<DrmClient>{{"Xorg", 5}};
              }),
              ElementsAre("  card0.caps.PRIME: 3 -> 1", "  card0.masters: none -> Xorg (5)"));
}

// Behind a hub every connector is new after each plugging: id and name change, PATH does not.
TEST(Difference, OfConnectorsBehindAHub) {
  const auto with_path = [](const char* name, std::uint32_t id, bool connected) {
    return [=](SnapshotBuilder& builder, Report&) {
      Connector& connector = builder.data.connectors[0];
      const std::string path = "mst:58-1";
      Bytes bytes;
      for (const char c : path) bytes.push_back(static_cast<std::byte>(c));
      add_blob(builder, connector.properties, "PATH", bytes);
      connector.name = name;
      connector.id = ConnectorId{id};
      if (!connected) connector.connection = Connection::disconnected;
    };
  };
  EXPECT_THAT(
      changes(lit_device(with_path("DP-3", 90, true)), lit_device(with_path("DP-4", 95, true))),
      IsEmpty());
  EXPECT_THAT(
      changes(lit_device(with_path("DP-3", 90, true)), lit_device(with_path("DP-4", 95, false))),
      ElementsAre("  card0/DP-4.status_name: connected -> disconnected"));
}

// Names that no honest driver gives twice are matched in their order.
TEST(Difference, OfEqualNames) {
  const Edit twins = [](SnapshotBuilder& builder, Report&) {
    builder.connector({}, Connection::connected, "DP");
    builder.connector({}, Connection::disconnected, "DP");
    for (Connector& connector : builder.data.connectors) connector.name = "DP-1";
  };
  EXPECT_THAT(changes(lit_device(twins), lit_device(twins)), IsEmpty());
  EXPECT_EQ(changes(lit_device(), lit_device(twins)).size(), 2u);
}

TEST(IgnoredFrames, AreThoseOfAShowingProgram) {
  const Edit next_frame = [](SnapshotBuilder& builder, Report&) {
    builder.data.framebuffers[0].id = FramebufferId{500};
    builder.data.planes[0].fb = FramebufferId{500};
    builder.data.crtcs[0].fb = FramebufferId{500};
    builder.property(builder.data.planes[0], "FB_ID", 500);
  };
  EXPECT_THAT(changes(next_frame, Ignore::frames), IsEmpty());
  EXPECT_THAT(changes(next_frame), testing::SizeIs(testing::Ge(4)));
  const Edit nothing_shown = [](SnapshotBuilder& builder, Report&) {
    builder.data.framebuffers.clear();
    builder.data.planes[0].fb = {};
    builder.property(builder.data.planes[0], "FB_ID", 0);
  };
  EXPECT_THAT(changes(nothing_shown, Ignore::frames),
              testing::Contains(testing::StartsWith("  card0/plane/32.fb_id: ")));
}

TEST(DifferenceOfDevices, ByTheirNodes) {
  std::vector<Report> before;
  before.push_back(lit_device());
  before.push_back(render_only());
  before.back().path = "/dev/dri/card1";
  std::vector<Report> after;
  after.push_back(lit_device());
  after.push_back(render_only());
  after.back().path = "/dev/dri/card2";
  const auto found = differences(before, after, Ignore::nothing);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(to_text(found[0], false), "- card1 (device)");
  EXPECT_EQ(to_text(found[1], false), "+ card2 (device)");
  EXPECT_THAT(differences(before, before, Ignore::nothing), IsEmpty());
  EXPECT_THAT(differences({}, {}, Ignore::nothing), IsEmpty());
  EXPECT_EQ(differences({}, after, Ignore::nothing).size(), 2u);
}

// One here and one there is the same machine after the nodes were renumbered, or two machines.
TEST(DifferenceOfDevices, OneOnEachSide) {
  Report other = lit_device();
  other.path = "/dev/dri/card7";
  EXPECT_THAT(changes(lit_device(), other), IsEmpty());
}

TEST(ChangeText, HasAnArrowInUnicode) {
  const Change change{Change::Kind::changed, "card0/DP-1", "status_name", "a", "b"};
  EXPECT_EQ(to_text(change, true), "  card0/DP-1.status_name: a → b");
}

TEST(ChangeJson, TellsTheKind) {
  EXPECT_EQ(to_json(Change{Change::Kind::changed, "p", "f", "a", "b\xff"}).dump(),
            R"({"change":"changed","path":"p","field":"f","before":"a","after":"b)"
            "\xef\xbf\xbd\"}");
  EXPECT_EQ(to_json(Change{Change::Kind::added, "p", "", "", "w"}).dump(),
            R"({"change":"added","path":"p","field":null,"before":null,"after":"w"})");
  EXPECT_EQ(to_json(Change{Change::Kind::removed, "p", "f", "a", ""}).dump(),
            R"({"change":"removed","path":"p","field":"f","before":"a","after":null})");
}

// The fields of a connector that sysfs alone tells about are its own.
TEST(Fields, OfConnectorsWithoutIds) {
  std::vector<std::string> paths;
  for (const FieldGroup& group : fields_of(sysfs_only())) paths.push_back(group.path);
  EXPECT_THAT(paths, ElementsAre("card0", "card0/DP-1", "card0/HDMI-A-2"));
}

}  // namespace
}  // namespace drmshow::test
