#include "json_reports.hpp"

#include <limits>

#include <drm_mode.h>
#include <nlohmann/json.hpp>

#include "query/json/json.hpp"
#include "report_builder.hpp"

namespace drmshow::test {
namespace {

constexpr std::uint64_t beyond = std::numeric_limits<std::uint64_t>::max();

PropertyInfo described(const char* name, PropertyKind kind, std::uint32_t flags = 0) {
  PropertyInfo info;
  info.name = name;
  info.kind = kind;
  info.flags = flags;
  return info;
}

void add_odd_properties(SnapshotBuilder& builder, PropertySet& set) {
  add_range(builder, set, "alpha", 0, beyond, beyond);
  PropertyInfo offset = described("CRTC_X", PropertyKind::signed_range);
  offset.limits = {std::uint64_t{1} << 63, std::uint64_t{1} << 62};
  add_property(builder, set, offset, beyond);  // -1
  add_bitmask(builder, set, "rotation", {{0, "rotate-0"}, {5, "reflect-y"}, {63, "top"}},
              (std::uint64_t{1} << 63) | 0x11);
  add_enum(builder, set, "mode \"of\" \\ \t work", {{beyond, "all"}, {0, ""}}, 7);
  add_enum(builder, set, "no entries", {}, 0);
  add_property(builder, set, described("new kind", PropertyKind::unknown, 0x100), beyond);
  add_property(builder, set, described("two kinds", PropertyKind::unknown, 0x12), 3);
  PropertyInfo reference = described("FB_ID", PropertyKind::object);
  reference.limits = {DRM_MODE_OBJECT_FB};
  add_property(builder, set, reference, 70);
  add_property(builder, set, described("to anything", PropertyKind::object), 71);
  add_property(builder, set, described("no limits", PropertyKind::range), 1);
  add_property(builder, set, described("gone", PropertyKind::blob), 4711);
  add_property(builder, set, described("beyond", PropertyKind::blob), beyond);
  add_property(builder, set, described("none", PropertyKind::blob), 0);
  add_blob(builder, set, "empty", {});
  add_blob(builder, set, "opaque", {std::byte{0}, std::byte{0xff}, std::byte{0x0a}});
}

void add_framebuffers(SnapshotBuilder& builder) {
  FramebufferInfo unknown;
  unknown.id = FramebufferId{71};
  unknown.size = {640, 480};
  unknown.depth = 24;
  unknown.bpp = 32;
  FramebufferInfo known;
  known.id = FramebufferId{70};
  known.size = {1920, 1080};
  known.format = Format::from_chars('N', 'V', '1', '2');
  known.modifier = Modifier{beyond};
  known.planes = {{1920, 0}, {1920, 2073600}};
  FramebufferInfo implicit = known;
  implicit.id = {};
  implicit.modifier.reset();
  // Not in the order of the planes that show them.
  builder.data.framebuffers = {unknown, known, implicit};
}

void add_objects(SnapshotBuilder& builder) {
  builder.simple_output();
  builder.light(0, 0, 0, 0);
  builder.connector({0}, Connection::unknown, "VGA");
  builder.connector({}, Connection::disconnected, "DP");
  builder.data.connectors[1].id = {};
  builder.data.connectors[1].encoders = {EncoderId{}, EncoderId{99}};
  builder.data.connectors[0].subpixel = Subpixel::vertical_bgr;
  builder.data.connectors[0].size_mm = {600, 340};
  add_blob(builder, builder.data.connectors[0].properties, "EDID", edid_blob("Sample", {60, 34}));
  add_blob(builder, builder.data.connectors[1].properties, "EDID", Bytes(200));
  Plane& plane = builder.data.planes[0];
  plane.fb = FramebufferId{70};
  plane.formats = {formats::xrgb8888, Format{0}, Format{0xffffffff}};
  add_enum(builder, plane.properties, "type", {{0, "Overlay"}, {1, "Primary"}}, 1);
  add_blob(builder, plane.properties, "IN_FORMATS",
           format_table_blob(plane.formats, {Modifier{}, Modifier{beyond}}));
  add_odd_properties(builder, plane.properties);
  builder.data.crtcs[0].gamma_size = 256;
  builder.data.crtcs[0].fb_offset = {-1, 5};
  add_colorop(builder, 200, "1D Curve", 0);
  add_framebuffers(builder);
  for (int kind = 0; kind <= static_cast<int>(ObjectKind::colorop); ++kind) {
    builder.data.vanished.push_back({static_cast<ObjectKind>(kind), 0xffffffff});
  }
}

}  // namespace

Report everything() {
  SnapshotBuilder builder;
  add_objects(builder);
  Report report;
  report.path = "/dev/dri/card3";
  report.render_path = "/dev/dri/renderD130";
  report.driver = {"sample", "Sample \"graphics\"", "20260101", 1, -2, 3};
  report.kernel = {"Linux", "6.19.0", "#1 SMP"};
  report.bus = {"pci", "0000:03:00.0", "sample", PciIds{0xffff, 1, 0, 0x8000}};
  report.client_caps = {{"ATOMIC", true}, {"STEREO_3D", false}};
  report.caps = {{"PRIME", 3}, {"NEW", std::nullopt}, {"BIG", beyond}};
  report.limits = FramebufferLimits{{0, 0}, {16384, 2147483647}};
  report.masters = std::vector<DrmClient>{{"Xorg", 1}, {"a b", -1}};
  report.lessees = std::vector<std::uint32_t>{7, 0xffffffff};
  report.notes = {"One.", ""};
  report.kms = builder.build();
  return report;
}

std::string json_of(const Report& report) {
  return drmshow::json_of({&report, 1});
}

std::string written_again(const std::string& text) {
  return json_of(reports_from_json(text, "test.json"));
}

}  // namespace drmshow::test
