// Monitors that do not exist, in health and with the faults that real ones have.
#include <utility>

#include "edid_builder.hpp"

namespace drmshow::test {
namespace {

using namespace std::string_view_literals;

constexpr std::uint8_t kName = 0xfc;
constexpr std::uint8_t kSerial = 0xff;
constexpr std::uint8_t kOtherText = 0xfe;

EdidBase desk_monitor() {
  EdidBase base;
  base.serial_number = 0x01020304;
  base.descriptors = {timing_descriptor(), text_descriptor(kName, "Synthetic 27"),
                      text_descriptor(kSerial, "SYN0012345"), range_descriptor(48, 144)};
  return base;
}

EdidBytes hdr_monitor() {
  EdidBytes edid = edid_base(desk_monitor());
  add_cta(edid, {0x41, 97,                // video: VIC 97, 3840x2160 @ 60 Hz
                 0xe2, 0x00, 0x40,        // video capabilities: selectable RGB range
                 0xe3, 0x05, 0x80, 0x00,  // colorimetry: BT.2020 RGB
                 0xe6, 0x06, 0x0d, 0x01,  // HDR static metadata: SDR, PQ, HLG;
                 115, 96, 32});           // 603.7, 400, 0.095 cd/m2
  return edid;
}

EdidBytes tiled_monitor() {
  EdidBytes edid = edid_base(desk_monitor());
  // Tiled display topology, DisplayID 1.3 section 4.14: the right half of two, 1920x2160, in one
  // housing; then the group's name: LNX, product, serial number.
  add_displayid(edid, {0x12, 0x00, 22, 0x82, 0x10, 0x10, 0x00, 0x7f, 0x07, 0x6f, 0x08, 0, 0,
                       0,    0,    0,  'L',  'N',  'X',  0x2b, 0x1a, 4,    3,    2,    1});
  return edid;
}

EdidBytes analogue_monitor() {
  EdidBase base;
  base.revision = 3;
  base.product_code = 0x0042;
  base.serial_number = 4711;
  base.year = 2003;
  base.input = 0x6c;  // 0.7/0.3 V, separate and composite sync, sync on green
  base.width_cm = 36;
  base.height_cm = 27;
  base.features = 0xeb;  // DPMS, RGB, preferred timing, default GTF
  // 1280x1024 @ 60 Hz on 360 x 270 mm.
  const EdidDescriptor timing{0x30, 0x2a, 0x00, 0x98, 0x51, 0x00, 0x2a, 0x40, 0x30,
                              0x70, 0x13, 0x00, 0x68, 0x0e, 0x11, 0x00, 0x00, 0x1e};
  EdidDescriptor range = range_descriptor(50, 85, 30, 80, 14);
  range[10] = 0;  // default GTF
  base.descriptors = {timing, text_descriptor(kName, "Synthetic 19"), range};
  return edid_base(base);
}

EdidBytes laptop_panel() {
  EdidBase base;
  base.manufacturer = "ZQZ";
  base.week = 0xff;
  base.year = 2019;
  base.input = 0xa5;  // 8 bits
  base.descriptors = {timing_descriptor(), text_descriptor(kOtherText, "SYN156PANEL")};
  return edid_base(base);
}

EdidBytes with_name(std::string_view name) {
  EdidBase base = desk_monitor();
  base.descriptors[1] = text_descriptor(kName, name);
  return edid_base(base);
}

EdidBytes descriptors_of_ones() {
  EdidBase base = desk_monitor();
  EdidDescriptor ones;
  ones.fill(0xff);
  base.descriptors.assign(4, ones);
  return edid_base(base);
}

/// Announces that many extension blocks, whatever there is.
EdidBytes announcing(EdidBytes edid, std::uint8_t count) {
  edid[0x7e] = count;
  mend_block(edid, 0);
  return edid;
}

EdidBytes with_byte(EdidBytes edid, std::size_t at, std::uint8_t value) {
  edid[at] = value;
  return edid;
}

EdidBytes cut_to(EdidBytes edid, std::size_t size) {
  edid.resize(size);
  return edid;
}

}  // namespace

std::vector<EdidSample> edid_samples() {
  const EdidBytes desk = edid_base(desk_monitor());
  return {
      {"desk", true, desk},
      {"hdr", true, hdr_monitor()},
      {"tiled", true, tiled_monitor()},
      {"analogue", true, analogue_monitor()},
      {"laptop", true, laptop_panel()},
      {"bad-checksum", false, with_byte(desk, 0x7f, 0)},
      {"bad-extension-checksum", false, with_byte(hdr_monitor(), 0xff, 0)},
      {"bad-header", false, with_byte(desk, 3, 0xfe)},
      {"missing-extensions", false, announcing(desk, 3)},
      {"hidden-extension", false, announcing(hdr_monitor(), 0)},
      {"truncated", false, cut_to(hdr_monitor(), 200)},
      {"control-characters", false, with_name("\x1b[2J\x07\x7f\x9b\xffx"sv)},
      {"descriptors-of-ones", false, descriptors_of_ones()},
  };
}

}  // namespace drmshow::test
