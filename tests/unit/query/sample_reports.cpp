#include "sample_reports.hpp"

#include <cstring>
#include <limits>

#include <drm_mode.h>

#include "report_builder.hpp"

namespace drmshow::test {
namespace {

constexpr Format argb8888 = Format::from_chars('A', 'R', '2', '4');
constexpr Format xrgb2101010 = Format::from_chars('X', 'R', '3', '0');
constexpr Format nv12 = Format::from_chars('N', 'V', '1', '2');
constexpr Modifier linear{};
constexpr Modifier x_tiled{0x0100000000000001};
constexpr Modifier four_tiled{0x0100000000000009};

KernelInfo debian_kernel() {
  return {"Linux", "6.12.9-amd64", "#1 SMP PREEMPT_DYNAMIC Debian 6.12.9-1"};
}

Report on_pci(SnapshotBuilder& builder) {
  Report report;
  report.path = "/dev/dri/card1";
  report.render_path = "/dev/dri/renderD128";
  report.driver = {"i915", "Intel Graphics", "20230929", 1, 6, 0};
  report.kernel = debian_kernel();
  report.bus = {"pci", "0000:00:02.0", "i915", PciIds{0x8086, 0x46a6, 0x17aa, 0x22e7}};
  report.caps = {
      {"DUMB_BUFFER", 1}, {"PRIME", 3}, {"CURSOR_WIDTH", 256}, {"SYNCOBJ", std::nullopt}};
  report.client_caps = {{"ATOMIC", true}, {"PLANE_COLOR_PIPELINE", false}};
  report.limits = FramebufferLimits{{1, 1}, {16384, 16384}};
  report.masters = std::vector<DrmClient>{{"gnome-shell", 1402}};
  report.lessees = std::vector<std::uint32_t>{};
  for (Plane& plane : builder.data.planes) {
    add_enum(builder, plane.properties, "type", {{0, "Overlay"}, {1, "Primary"}, {2, "Cursor"}},
             static_cast<std::uint64_t>(plane.type));
  }
  report.kms = builder.build();
  return report;
}

// With a sync pulse in the middle of the blank.
Mode with_sync(const Mode& mode) {
  drm_mode_modeinfo raw = mode.raw();
  const auto part = [](int from, int to, int of_three) {
    return static_cast<std::uint16_t>(from + (to - from) * of_three / 3);
  };
  raw.hsync_start = part(raw.hdisplay, raw.htotal, 1);
  raw.hsync_end = part(raw.hdisplay, raw.htotal, 2);
  raw.vsync_start = part(raw.vdisplay, raw.vtotal, 1);
  raw.vsync_end = part(raw.vdisplay, raw.vtotal, 2);
  return Mode{raw};
}

void set_mode(SnapshotBuilder& builder, std::size_t connector, std::size_t crtc,
              const Mode& without_sync) {
  const Mode mode = with_sync(without_sync);
  builder.data.connectors[connector].modes.insert(builder.data.connectors[connector].modes.begin(),
                                                  mode);
  builder.data.crtcs[crtc].mode = mode;
  const auto blob = builder.data.crtcs[crtc].properties.value("MODE_ID");
  builder.data.blobs[BlobId{static_cast<std::uint32_t>(*blob)}] = bytes_of(std::vector{mode.raw()});
}

void place(SnapshotBuilder& builder, std::size_t plane_at, Size src, Rect dst) {
  Plane& plane = builder.data.planes[plane_at];
  const auto fixed = [](int pixels) { return std::uint64_t{Fixed16_16::from_int(pixels).raw()}; };
  const auto whole = [](int pixels) { return static_cast<std::uint64_t>(std::int64_t{pixels}); };
  builder.property(plane, "SRC_W", fixed(src.width) + 0x8000);
  builder.property(plane, "SRC_H", fixed(src.height));
  add_signed_range(builder, plane.properties, "CRTC_X", whole(dst.x));
  add_signed_range(builder, plane.properties, "CRTC_Y", whole(dst.y));
  builder.property(plane, "CRTC_W", whole(dst.width));
  builder.property(plane, "CRTC_H", whole(dst.height));
}

void add_laptop_planes(SnapshotBuilder& builder) {
  for (std::size_t crtc = 0; crtc < 2; ++crtc) {
    builder.plane(PlaneType::primary, 1u << crtc, {formats::xrgb8888, argb8888, xrgb2101010});
    builder.plane(PlaneType::overlay, 3, {formats::xrgb8888, nv12});
    builder.plane(PlaneType::cursor, 1u << crtc, {argb8888});
  }
  for (Plane& plane : builder.data.planes) {
    const auto modifiers = plane.type == PlaneType::cursor
                               ? std::vector{linear}
                               : std::vector{linear, x_tiled, four_tiled};
    add_blob(builder, plane.properties, "IN_FORMATS", format_table_blob(plane.formats, modifiers));
    add_bitmask(builder, plane.properties, "rotation",
                {{0, "rotate-0"}, {2, "rotate-180"}, {4, "reflect-x"}}, 1);
  }
  Plane& primary = builder.data.planes[0];
  add_blob(builder, primary.properties, "IN_FORMATS_ASYNC",
           format_table_blob({formats::xrgb8888}, {x_tiled}));
  add_enum(builder, primary.properties, "COLOR_PIPELINE",
           {{0, "Bypass"}, {200, "Color Pipeline 200"}}, 200);
  add_colorop(builder, 200, "1D Curve", 201);
  add_colorop(builder, 201, "3x4 Matrix", 0);
}

}  // namespace

Report laptop() {
  SnapshotBuilder builder;
  builder.crtc();
  builder.crtc();
  add_laptop_planes(builder);
  builder.encoder(3);
  builder.encoder(3);
  builder.encoder(2);
  builder.connector({0}, Connection::connected, "eDP");
  builder.connector({1}, Connection::connected, "DP");
  builder.connector({2}, Connection::disconnected, "HDMI-A");
  builder.connector({2}, Connection::unknown, "Writeback");
  auto& connectors = builder.data.connectors;
  constexpr std::uint32_t types[] = {DRM_MODE_CONNECTOR_eDP, DRM_MODE_CONNECTOR_DisplayPort,
                                     DRM_MODE_CONNECTOR_HDMIA, DRM_MODE_CONNECTOR_WRITEBACK};
  constexpr const char* names[] = {"eDP-1", "DP-1", "HDMI-A-1", "Writeback-1"};
  for (std::size_t i = 0; i < 4; ++i) {
    connectors[i].type = types[i];
    connectors[i].name = names[i];
  }
  for (Encoder& encoder : builder.data.encoders) encoder.type = DRM_MODE_ENCODER_TMDS;
  builder.data.encoders[0].possible_clones = 1;
  builder.data.encoders[1].possible_clones = 6;
  // The writeback connector comes before the others: the summary has to put it last.
  std::swap(connectors[0], connectors[3]);

  builder.light(3, 0, 0, 0);
  builder.light(1, 1, 1, 3);
  connectors[3].size_mm = {344, 194};
  connectors[1].size_mm = {597, 336};
  add_blob(builder, connectors[3].properties, "EDID", edid_blob("Panel 15", {34, 19}));
  add_blob(builder, connectors[1].properties, "EDID", edid_blob("Screen 27", {60, 34}));
  add_range(builder, connectors[3].properties, "max bpc", 6, 12, 12);
  add_range(builder, connectors[1].properties, "vrr_capable", 0, 1, 1);
  hdr_output_metadata hdr{};
  hdr.hdmi_metadata_type1.eotf = 2;  // PQ
  add_blob(builder, connectors[1].properties, "HDR_OUTPUT_METADATA", bytes_of(std::vector{hdr}));
  add_enum(builder, connectors[1].properties, "link-status", {{0, "Good"}, {1, "Bad"}}, 0);
  add_blob(builder, connectors[0].properties, "WRITEBACK_PIXEL_FORMATS",
           bytes_of(std::vector{formats::xrgb8888.fourcc()}));
  set_mode(builder, 3, 0,
           make_mode(1920, 1080, 148352, 2200, 1125,
                     DRM_MODE_FLAG_PHSYNC | DRM_MODE_FLAG_NVSYNC | DRM_MODE_FLAG_PIC_AR_16_9,
                     DRM_MODE_TYPE_DRIVER | DRM_MODE_TYPE_PREFERRED));
  set_mode(builder, 1, 1,
           make_mode(2560, 1440, 241500, 2720, 1481, DRM_MODE_FLAG_PHSYNC, DRM_MODE_TYPE_DRIVER));
  connectors[1].modes.push_back(make_mode(1920, 1080, 74250, 2200, 1125,
                                          DRM_MODE_FLAG_INTERLACE | DRM_MODE_FLAG_3D_FRAME_PACKING,
                                          DRM_MODE_TYPE_DRIVER));
  describe_fb(builder, 0, {1920, 1080}, formats::xrgb8888, four_tiled);
  describe_fb(builder, 3, {2560, 1440}, xrgb2101010, linear);
  place(builder, 3, {2560, 1440}, {{0, 0}, {2560, 1440}});
  place(builder, 0, {1920, 1080}, {{-10, 0}, {1920, 1080}});
  Plane& cursor = builder.data.planes[2];
  cursor.crtc = builder.data.crtcs[0].id;
  builder.property(cursor, "CRTC_ID", cursor.crtc.raw());
  builder.data.vanished = {{ObjectKind::connector, 58}};
  return on_pci(builder);
}

Report asleep() {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.light(0, 0, 0, 0);
  builder.property(builder.data.crtcs[0], "ACTIVE", 0);
  add_enum(builder, builder.data.connectors[0].properties, "link-status", {{0, "Good"}, {1, "Bad"}},
           1);
  return on_pci(builder);
}

Report many_planes() {
  SnapshotBuilder builder;
  for (int i = 0; i < 4; ++i) builder.crtc();
  std::vector<Format> many;
  for (const std::string_view code :
       {"XR24", "AR24", "XB24", "AB24", "RX24", "RA24", "BX24", "BA24", "XR30", "AR30",
        "XB30", "AB30", "RG16", "BG16", "XR15", "AR15", "XR12", "AR12", "RG24", "BG24",
        "XR48", "AR48", "XR4H", "AR4H", "XB4H", "AB4H", "NV12", "NV21", "NV16", "NV61",
        "NV24", "P010", "P012", "P016", "YUYV", "UYVY", "YVYU", "VYUY", "YU12", "YV12"}) {
    many.push_back(Format::from_chars(code[0], code[1], code[2], code[3]));
  }
  const std::vector<Format> few{formats::xrgb8888, argb8888};
  for (unsigned i = 0; i < 64; ++i) {
    const unsigned crtc = i / 16;
    const bool overlay = i % 16 != 0 && i % 16 != 15;
    const PlaneType edge = i % 16 == 0 ? PlaneType::primary : PlaneType::cursor;
    const PlaneType type = overlay ? PlaneType::overlay : edge;
    builder.plane(type, type == PlaneType::overlay ? 0xf : 1u << crtc,
                  type == PlaneType::cursor ? few : many);
    Plane& plane = builder.data.planes.back();
    if (type == PlaneType::cursor) continue;  // without IN_FORMATS: modifiers are implicit
    add_blob(builder, plane.properties, "IN_FORMATS",
             format_table_blob(
                 many, i % 2 ? std::vector{linear} : std::vector{linear, x_tiled, four_tiled}));
    if (i == 0 || i == 16) {
      add_blob(builder, plane.properties, "IN_FORMATS_ASYNC", format_table_blob(few, {x_tiled}));
    }
  }
  builder.connector({builder.encoder(0xf)});
  return on_pci(builder);
}

Report render_only() {
  Report report;
  report.path = "/dev/dri/card0";
  report.render_path = "/dev/dri/renderD129";
  report.driver = {"panfrost", "panfrost DRM", "20180908", 1, 2, 0};
  report.kernel = debian_kernel();
  report.bus = {"platform", "fde60000.gpu", "panfrost", std::nullopt};
  report.caps = {{"SYNCOBJ", 1}};
  return report;
}

Report sysfs_only() {
  SnapshotBuilder builder;
  builder.connector({}, Connection::connected, "DP");
  builder.connector({}, Connection::disconnected, "HDMI-A");
  for (Connector& connector : builder.data.connectors) {
    connector.id = {};
    connector.properties = {};
  }
  drm_mode_modeinfo named{};
  std::strcpy(named.name, "2560x1440");
  builder.data.connectors[0].modes = {Mode{named}, Mode{named}};
  Report report;
  report.path = "/dev/dri/card0";
  report.access = Access::sysfs_only;
  report.kernel = debian_kernel();
  report.bus = {"pci", "0000:00:02.0", "i915", PciIds{0x8086, 0x46a6, 0, 0}};
  report.kms = builder.build();
  report.notes = {
      "/dev/dri/card0 may not be opened (Permission denied): this is what sysfs tells about it."};
  return report;
}

Report hostile() {
  SnapshotBuilder builder;
  builder.crtc();
  builder.data.crtcs[0].index = CrtcIndex{40};
  builder.plane(PlaneType::primary, 0xffffffff,
                {Format{0}, Format{0xffffffff}, Format{0x1b5b4d0a}});
  Plane& plane = builder.data.planes[0];
  plane.crtc = CrtcId{4242};
  plane.fb = FramebufferId{4243};
  add_blob(builder, plane.properties, "IN_FORMATS", Bytes(7));
  const std::uint64_t beyond = std::numeric_limits<std::uint64_t>::max();
  builder.property(plane, "IN_FORMATS_ASYNC", beyond, PropertyKind::blob);
  builder.property(plane, "CRTC_X", beyond, PropertyKind::signed_range);
  add_enum(builder, plane.properties, "COLOR_PIPELINE",
           {{0, "Bypass"}, {300, "A\x1b[31m\nB\xff"}, {beyond, "beyond"}, {77, "to nowhere"}}, 300);
  add_colorop(builder, 300, "one\x07", 301);
  add_colorop(builder, 301, "two", 300);
  add_bitmask(builder, plane.properties, "rotation", {{70, "bit-70"}, {3, "x\ty"}}, beyond);
  builder.encoder(0xffffffff);
  Encoder& encoder = builder.data.encoders[0];
  encoder.type = 0xffffffff;
  encoder.crtc = CrtcId{4242};
  encoder.possible_clones = 0xffffffff;
  builder.connector({0}, static_cast<Connection>(99), "\x1b[2J\xc2\x9b\xe2\x80\xae");
  Connector& connector = builder.data.connectors[0];
  connector.type = 12345;
  connector.subpixel = static_cast<Subpixel>(99);
  connector.size_mm = {-3, 2147483647};
  connector.encoder = {};
  connector.encoders = {{}, encoder.id, EncoderId{9999}};
  connector.modes = {Mode{}, make_mode(640, 480, 1, 0, 0, 0xffffffff, 0xffffffff)};
  builder.property(connector, "CRTC_ID", beyond, PropertyKind::object);
  builder.property(connector, "EDID", 1, PropertyKind::blob);
  builder.data.crtcs[0].mode = make_mode(0, 0, 0, 0, 0);
  builder.data.crtcs[0].fb = FramebufferId{1};
  FramebufferInfo fb;
  fb.id = FramebufferId{1};
  fb.size = {std::numeric_limits<int>::max(), -1};
  builder.data.framebuffers.push_back(fb);
  builder.data.vanished = {{static_cast<ObjectKind>(99), 0}};
  Report report;
  report.path = "/dev/dri/card\x1b[0m";
  report.driver = {"bad\ndriver", "\x01", "\x02", -1, 0, 0};
  report.kernel = {"Li\rnux", "", "\x7f"};
  report.bus = {"p\vci", "\xc3\x28", "", std::nullopt};
  report.caps = {{"CAP\x1b", beyond}};
  report.client_caps = {{"\xed\xa0\x80", true}};
  report.limits = FramebufferLimits{{-1, -1}, {0, 0}};
  report.masters = std::vector<DrmClient>{{"\x1b]0;title\x07", -1}};
  report.notes = {"a\nnote"};
  report.kms = builder.build();
  return report;
}

}  // namespace drmshow::test
