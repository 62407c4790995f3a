#include "graph_devices.hpp"

#include <algorithm>
#include <numeric>

namespace drmshow::test {
namespace {

constexpr Format argb8888 = Format::from_chars('A', 'R', '2', '4');
constexpr Format nv12 = Format::from_chars('N', 'V', '1', '2');

// E-EDID 1.4, section 3: header, a manufacturer, a descriptor with the name, the checksum.
std::vector<std::byte> edid_named(const std::string& model) {
  std::vector<unsigned char> bytes(128);
  std::fill(bytes.begin() + 1, bytes.begin() + 7, static_cast<unsigned char>(0xff));
  bytes[8] = 0x10;  // DEL
  bytes[9] = 0xac;
  bytes[17] = 30;  // 2020
  bytes[18] = 1;
  bytes[19] = 4;
  bytes[20] = 0xa5;
  for (std::size_t i = 38; i < 54; ++i) bytes[i] = 1;
  for (std::size_t at = 54; at < 126; at += 18) bytes[at + 3] = 0x10;
  bytes[57] = 0xfc;
  for (std::size_t i = 0; i < 13; ++i) {
    const char end = i == model.size() ? '\n' : ' ';
    bytes[59 + i] = static_cast<unsigned char>(i < model.size() ? model[i] : end);
  }
  const unsigned sum = std::accumulate(bytes.begin(), bytes.end(), 0u);
  bytes[127] = static_cast<unsigned char>(256 - sum % 256);
  std::vector<std::byte> result;
  for (const unsigned char byte : bytes) result.push_back(std::byte{byte});
  return result;
}

}  // namespace

Mode full_hd() {
  return make_mode(1920, 1080, 148500, 2200, 1125);
}

Mode uhd() {
  return make_mode(3840, 2160, 594000, 4400, 2250);
}

FramebufferInfo& DeviceBuilder::show(std::size_t plane_at, std::size_t crtc_at, Size size,
                                     Format format) {
  FramebufferInfo fb;
  fb.id = FramebufferId{static_cast<std::uint32_t>(200 + data.framebuffers.size())};
  fb.size = size;
  fb.format = format;
  fb.modifier = Modifier{};
  Plane& plane = data.planes[plane_at];
  plane.crtc = data.crtcs[crtc_at].id;
  plane.fb = fb.id;
  property(plane, "CRTC_ID", plane.crtc.raw());
  property(plane, "FB_ID", fb.id.raw());
  return data.framebuffers.emplace_back(std::move(fb));
}

void DeviceBuilder::light_mode(std::size_t connector, std::size_t encoder, std::size_t crtc_at,
                               std::size_t plane, const Mode& mode) {
  light(connector, encoder, crtc_at, plane);
  data.crtcs[crtc_at].mode = mode;
  data.crtcs[crtc_at].fb = show(plane, crtc_at, mode.size(), formats::xrgb8888).id;
  place(plane, {{0, 0}, mode.size()});
}

void DeviceBuilder::place(std::size_t plane_at, Rect place) {
  Plane& plane = data.planes[plane_at];
  const auto value = [](int n) { return static_cast<std::uint64_t>(std::int64_t{n}); };
  property(plane, "CRTC_X", value(place.x));
  property(plane, "CRTC_Y", value(place.y));
  property(plane, "CRTC_W", value(place.width));
  property(plane, "CRTC_H", value(place.height));
}

void DeviceBuilder::monitor(std::size_t connector, const std::string& model) {
  const BlobId blob{static_cast<std::uint32_t>(500 + connector)};
  data.blobs[blob] = edid_named(model);
  property(data.connectors[connector], "EDID", blob.raw(), PropertyKind::blob);
}

Report DeviceBuilder::report(const std::string& driver) {
  Report report;
  report.path = "/dev/dri/card0";
  report.driver.name = driver;
  report.kms.emplace(build());
  return report;
}

Report one_output() {
  DeviceBuilder device;
  device.simple_output();
  device.plane(PlaneType::cursor, 1);
  device.data.encoders[0].type = DRM_MODE_ENCODER_TMDS;
  device.light_mode(0, 0, 0, 0, full_hd());
  device.show(1, 0, {256, 256}, argb8888);
  device.place(1, {{-12, 40}, {256, 256}});
  device.monitor(0, "DELL U2720Q");
  return device.report("amdgpu");
}

Report four_outputs() {
  DeviceBuilder device;
  for (int i = 0; i < 4; ++i) device.crtc();
  for (unsigned i = 0; i < 4; ++i) {
    device.plane(PlaneType::primary, 1u << i);
    device.plane(PlaneType::overlay, 0xf);
    device.plane(PlaneType::cursor, 1u << i);
  }
  for (int i = 0; i < 4; ++i)
    device.data.encoders[device.encoder(0xf)].type = DRM_MODE_ENCODER_TMDS;
  device.connector({0});
  device.connector({1}, Connection::connected, "HDMI-A");
  device.connector({2}, Connection::connected, "DP");
  device.connector({3}, Connection::disconnected, "DP");
  // Not in order, so that there is something to untangle.
  device.light_mode(0, 0, 2, 6, uhd());
  device.light_mode(1, 1, 0, 0, full_hd());
  device.light_mode(2, 2, 1, 3, full_hd());
  device.show(10, 2, {1280, 720}, nv12).modifier = Modifier{0x0100000000000002};
  device.place(10, {{320, 180}, {2560, 1440}});
  device.show(8, 2, {256, 256}, argb8888);
  device.place(8, {{1000, 900}, {256, 256}});
  device.show(2, 0, {256, 256}, argb8888);
  device.place(2, {{10, 10}, {256, 256}});
  device.monitor(0, "DELL U2720Q");
  device.monitor(1, "BenQ PD2700U");
  device.monitor(2, "EIZO EV2785");
  return device.report("i915");
}

Report clones() {
  DeviceBuilder device;
  device.crtc();
  device.crtc();
  device.plane(PlaneType::primary, 1);
  device.plane(PlaneType::primary, 2);
  device.encoder(3);
  device.encoder(3);
  device.encoder(3);
  device.connector({0});
  device.connector({1}, Connection::connected, "HDMI-A");
  device.connector({2}, Connection::connected, "DVI-I");
  device.connector({2}, Connection::connected, "VGA");
  device.light_mode(0, 0, 0, 0, full_hd());
  device.light_mode(1, 1, 0, 0, full_hd());
  device.light_mode(2, 2, 1, 1, default_mode());
  device.light_mode(3, 2, 1, 1, default_mode());
  // The framebuffer that light_mode() showed first is on no plane any more.
  std::erase_if(device.data.framebuffers, [&](const FramebufferInfo& fb) {
    return std::ranges::find(device.data.planes, fb.id, &Plane::fb) == device.data.planes.end();
  });
  return device.report("radeon");
}

Report many_planes() {
  DeviceBuilder device;
  for (int i = 0; i < 4; ++i) device.crtc();
  for (unsigned i = 0; i < 64; ++i) {
    const PlaneType type = i < 4   ? PlaneType::primary
                           : i < 8 ? PlaneType::cursor
                                   : PlaneType::overlay;
    device.plane(type, i < 8 ? 1u << i % 4 : 0xf);
  }
  for (unsigned i = 0; i < 4; ++i) {
    device.encoder(0xf);
    device.connector({i}, i < 2 ? Connection::connected : Connection::disconnected);
  }
  device.light_mode(0, 0, 0, 0, uhd());
  device.light_mode(1, 1, 1, 1, full_hd());
  for (const std::size_t plane : {8u, 9u, 10u}) {
    device.show(plane, 0, {640, 360}, nv12);
    device.place(plane, {{static_cast<int>(plane) * 10, 0}, {640, 360}});
  }
  return device.report("msm");
}

Report laptop() {
  DeviceBuilder device;
  for (unsigned crtc = 0; crtc < 4; ++crtc) {
    device.crtc();
    device.plane(PlaneType::primary, 1u << crtc);
    for (int i = 0; i < 5; ++i) device.plane(PlaneType::overlay, 1u << crtc);
    device.plane(PlaneType::cursor, 1u << crtc);
  }
  device.connector({device.encoder(0xf)}, Connection::connected, "eDP");
  for (std::size_t port = 0; port < 3; ++port) {
    const std::size_t encoder = device.encoder(0xf);
    device.data.encoders[encoder].type = DRM_MODE_ENCODER_TMDS;
    device.connector({encoder}, port == 1 ? Connection::connected : Connection::disconnected);
    for (unsigned i = 0; i < 4; ++i)
      device.data.encoders[device.encoder(1u << i)].type = DRM_MODE_ENCODER_DPMST;
  }
  const std::size_t mst = device.connector({7, 8, 9, 10});
  device.light_mode(0, 0, 0, 0, full_hd());
  device.show(6, 0, {64, 64}, argb8888);
  device.place(6, {{900, 500}, {64, 64}});
  device.light_mode(mst, 8, 1, 7, uhd());
  device.monitor(0, "B140HAN06.2");
  device.monitor(mst, "DELL U2720Q");
  return device.report("i915");
}

Report console() {
  DeviceBuilder device;
  device.simple_output();
  device.simple_output();
  device.light_mode(0, 0, 0, 0, full_hd());
  device.light_mode(1, 1, 1, 1, full_hd());
  device.data.planes[1].fb = device.data.planes[0].fb;
  device.data.framebuffers.resize(1);
  return device.report("simpledrm");
}

Report dark() {
  DeviceBuilder device;
  device.simple_output();
  device.simple_output();
  device.data.connectors[1].connection = Connection::disconnected;
  return device.report("vkms");
}

Report hostile() {
  DeviceBuilder device;
  device.simple_output();
  device.simple_output();
  device.light_mode(0, 0, 0, 0, full_hd());
  device.data.connectors[0].name = "\"]; <script>&amp;\\N\n\x1b[31m\\";
  device.data.connectors[1].name = std::string(100000, 'x') + "\xff\xfe\xe2\x80\xae";
  device.data.planes[1].crtc = CrtcId{0xffffffff};
  device.data.planes[1].fb = FramebufferId{7777};
  device.data.crtcs[1].index = CrtcIndex{99};
  device.data.encoders[1].type = 0xffffffff;
  device.data.encoders[1].crtc = CrtcId{4242};
  device.data.connectors[1].encoder = EncoderId{31337};
  device.data.planes.push_back(device.data.planes[0]);  // the same id
  device.property(device.data.connectors[1], "CRTC_ID", ~std::uint64_t{0});
  device.property(device.data.connectors[1], "EDID", ~std::uint64_t{0}, PropertyKind::blob);
  device.data.connectors[0].encoders.assign(1000, EncoderId{0});
  return device.report("<&\"'>\n");
}

Report legacy() {
  DeviceBuilder device;
  device.simple_output();
  device.light_mode(0, 0, 0, 0, default_mode());
  device.data.planes.clear();
  device.data.connectors[0].properties = PropertySet{};
  return device.report("nouveau");
}

const std::map<std::string, std::function<Report()>>& devices() {
  static const std::map<std::string, std::function<Report()>> all = {
      {"one", one_output},   {"four", four_outputs}, {"clones", clones},
      {"many", many_planes}, {"laptop", laptop},     {"console", console},
      {"dark", dark},        {"hostile", hostile},   {"legacy", legacy}};
  return all;
}

}  // namespace drmshow::test
