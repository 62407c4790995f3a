#include "edid_builder.hpp"

#include <algorithm>
#include <numeric>

namespace drmshow::test {
namespace {

constexpr std::size_t kBlock = 128;

std::uint8_t low(unsigned value) {
  return static_cast<std::uint8_t>(value & 0xff);
}

/// Three letters of five bits each, A is 1.
unsigned pnp_id(std::string_view letters) {
  unsigned id = 0;
  for (const char letter : letters) id = id << 5 | static_cast<unsigned>(letter - '@');
  return id;
}

void set(EdidBytes& bytes, std::size_t at, std::initializer_list<unsigned> values) {
  for (const unsigned value : values) bytes[at++] = low(value);
}

/// Display P3 with a D65 white: ten bits each, the lower two apart (section 3.7).
void set_chromaticities(EdidBytes& bytes) {
  constexpr unsigned points[8] = {696, 328, 271, 707, 154, 61, 320, 337};
  set(bytes, 0x19,
      {(points[0] & 3) << 6 | (points[1] & 3) << 4 | (points[2] & 3) << 2 | (points[3] & 3),
       (points[4] & 3) << 6 | (points[5] & 3) << 4 | (points[6] & 3) << 2 | (points[7] & 3)});
  for (std::size_t i = 0; i < 8; ++i) bytes[0x1b + i] = low(points[i] >> 2);
}

EdidDescriptor dummy_descriptor() {
  return {0, 0, 0, 0x10};
}

}  // namespace

EdidDescriptor timing_descriptor() {
  constexpr unsigned clock = 53325;  // 10 kHz
  constexpr unsigned width = 3840, h_blank = 160, height = 2160, v_blank = 62;
  constexpr unsigned width_mm = 597, height_mm = 336;
  return {low(clock),
          clock >> 8,
          low(width),
          h_blank,
          (width >> 8) << 4,
          low(height),
          v_blank,
          (height >> 8) << 4,
          48,
          32,
          3 << 4 | 5,
          0,
          low(width_mm),
          low(height_mm),
          (width_mm >> 8) << 4 | height_mm >> 8,
          0,
          0,
          0x1a};  // digital separate sync, +hsync -vsync
}

EdidDescriptor text_descriptor(std::uint8_t tag, std::string_view text) {
  EdidDescriptor descriptor{0, 0, 0, tag, 0};
  auto at = std::copy_n(text.begin(), std::min<std::size_t>(text.size(), 13), &descriptor[5]);
  if (text.size() < 13) *at++ = '\n';
  std::fill(at, descriptor.data() + descriptor.size(), std::uint8_t{' '});
  return descriptor;
}

EdidDescriptor range_descriptor(std::uint8_t least, std::uint8_t greatest, std::uint8_t least_khz,
                                std::uint8_t greatest_khz, std::uint8_t clock) {
  // 1: these limits and no formula for timings (EDID 1.4); then a new line and spaces as padding.
  return {0,     0,    0,    0xfd, 0,    least, greatest, least_khz, greatest_khz,
          clock, 0x01, 0x0a, 0x20, 0x20, 0x20,  0x20,     0x20,      0x20};
}

EdidBytes edid_base(const EdidBase& base) {
  EdidBytes bytes(kBlock);
  set(bytes, 0x00, {0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0});
  const unsigned id = pnp_id(base.manufacturer);
  set(bytes, 0x08, {id >> 8, id, base.product_code, base.product_code >> 8});
  set(bytes, 0x0c,
      {base.serial_number, base.serial_number >> 8, base.serial_number >> 16,
       base.serial_number >> 24});
  set(bytes, 0x10, {base.week, static_cast<unsigned>(base.year - 1990), 1, base.revision});
  set(bytes, 0x14, {base.input, base.width_cm, base.height_cm, base.gamma, base.features});
  set_chromaticities(bytes);
  set(bytes, 0x23, {0x21, 0x08, 0x00});            // 640x480, 800x600, 1024x768, all at 60 Hz
  std::fill_n(&bytes[0x26], 16, std::uint8_t{1});  // no standard timings
  for (std::size_t i = 0; i < 4; ++i) {
    const EdidDescriptor from =
        i < base.descriptors.size() ? base.descriptors[i] : dummy_descriptor();
    std::ranges::copy(from, &bytes[0x36 + 18 * i]);
  }
  mend_block(bytes, 0);
  return bytes;
}

void add_extension(EdidBytes& edid, std::uint8_t tag, const EdidBytes& contents) {
  const std::size_t block = edid.size() / kBlock;
  edid.resize(edid.size() + kBlock);
  edid[block * kBlock] = tag;
  std::ranges::copy(contents, &edid[block * kBlock + 1]);
  ++edid[0x7e];
  mend_block(edid, block);
  mend_block(edid, 0);
}

void add_cta(EdidBytes& edid, const EdidBytes& data_blocks) {
  // Revision 3; timings begin after the data blocks; no underscan, sound or YCbCr.
  EdidBytes contents{3, low(static_cast<unsigned>(data_blocks.size()) + 4), 0};
  contents.insert(contents.end(), data_blocks.begin(), data_blocks.end());
  add_extension(edid, 0x02, contents);
}

void add_displayid(EdidBytes& edid, const EdidBytes& data_blocks) {
  // Version 1.3, an extension of an EDID, without further sections; filled up with zeros.
  constexpr std::uint8_t kPayload = 121;
  EdidBytes contents{0x13, kPayload, 0, 0};
  contents.insert(contents.end(), data_blocks.begin(), data_blocks.end());
  contents.resize(4 + kPayload);
  contents.push_back(low(0u - std::accumulate(contents.begin(), contents.end(), 0u)));
  add_extension(edid, 0x70, contents);
}

void mend_block(EdidBytes& edid, std::size_t block) {
  const auto first = edid.begin() + static_cast<std::ptrdiff_t>(block * kBlock);
  first[kBlock - 1] = low(0u - std::accumulate(first, first + (kBlock - 1), 0u));
}

}  // namespace drmshow::test
