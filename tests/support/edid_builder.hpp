// EDIDs made by hand, of monitors that do not exist: fields as VESA E-EDID 1.4, CTA-861-H and
// DisplayID 1.3 define them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace drmshow::test {

using EdidBytes = std::vector<std::uint8_t>;
using EdidDescriptor = std::array<std::uint8_t, 18>;

/// What the base block says; the defaults are those of a plain digital monitor.
struct EdidBase {
  std::string_view manufacturer = "LNX";
  unsigned product_code = 0x1a2b;
  std::uint32_t serial_number = 0;
  std::uint8_t week = 12;  ///< 0: not told; 255: the year is the model's
  int year = 2021;
  std::uint8_t revision = 4;
  std::uint8_t input = 0xb5;  ///< digital, 10 bits, DisplayPort
  std::uint8_t width_cm = 60;
  std::uint8_t height_cm = 34;
  std::uint8_t gamma = 120;      ///< hundredths above 1.00
  std::uint8_t features = 0x02;  ///< the first timing has the native pixels
  std::vector<EdidDescriptor> descriptors;
};

/// 3840x2160 @ 60 Hz on 597 x 336 mm.
EdidDescriptor timing_descriptor();
/// `tag`: 0xfc name, 0xff serial, 0xfe other text. At most 13 bytes, any.
EdidDescriptor text_descriptor(std::uint8_t tag, std::string_view text);
/// Hertz and kilohertz up to 255; `clock`: tens of megahertz.
EdidDescriptor range_descriptor(std::uint8_t least, std::uint8_t greatest,
                                std::uint8_t least_khz = 30, std::uint8_t greatest_khz = 160,
                                std::uint8_t clock = 60);

/// The block of 128 bytes, announcing no extensions, with the right checksum.
EdidBytes edid_base(const EdidBase& base);

/// Appends a block of that tag and contents (up to 126 bytes) and announces it.
void add_extension(EdidBytes& edid, std::uint8_t tag, const EdidBytes& contents);
/// CTA-861 with these data blocks.
void add_cta(EdidBytes& edid, const EdidBytes& data_blocks);
/// DisplayID 1.3 with these data blocks.
void add_displayid(EdidBytes& edid, const EdidBytes& data_blocks);
/// Makes the checksum of a block right.
void mend_block(EdidBytes& edid, std::size_t block);

struct EdidSample {
  std::string name;
  bool valid;  ///< as the standards want it
  EdidBytes bytes;
};

/// Those that are stored in tests/data/edid.
std::vector<EdidSample> edid_samples();

}  // namespace drmshow::test
