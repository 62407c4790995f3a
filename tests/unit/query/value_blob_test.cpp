// Values that are blobs.
#include <drm_mode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "edid_builder.hpp"
#include "one_property.hpp"
#include "snapshot_builder.hpp"

namespace drmshow {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

EdidBytes sample(std::string_view name) {
  for (auto& found : edid_samples())
    if (found.name == name) return found.bytes;
  return {};
}

TEST(BlobText, NoneAndGone) {
  const PropertyInfo info = make_info("CTM", PropertyKind::blob);
  EXPECT_EQ(text_of(info, 0).text, "none");
  EXPECT_EQ(text_of(info, 42).text, "blob 42, contents not known");
  EXPECT_EQ(text_of(info, 1ull << 40).text, "blob 1099511627776, contents not known");
}

TEST(BlobText, Modes) {
  const ValueText text = text_of_blob("MODE_ID", bytes_of_one(default_mode().raw()));
  EXPECT_EQ(text.text, "1024x768 @ 60.00 Hz");
  EXPECT_THAT(text.details, ElementsAre("clock: 65000 kHz", "timings: 1024 0 0 1344, 768 0 0 806"));
}

TEST(BlobText, UnknownBlobsAreDumped) {
  Bytes bytes(18);
  bytes[0] = std::byte{0xab};
  const ValueText text = text_of_blob("VENDOR", bytes);
  EXPECT_EQ(text.text, "blob 42, 18 bytes");
  EXPECT_THAT(text.details,
              ElementsAre("ab 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00", "00 00"));
}

TEST(BlobText, LongDumpsAreCut) {
  EXPECT_EQ(text_of_blob("VENDOR", Bytes(256)).details.size(), 16u);
  const ValueText text = text_of_blob("VENDOR", Bytes(256 + 112));
  ASSERT_EQ(text.details.size(), 17u);
  EXPECT_EQ(text.details.back(), "… 112 more bytes");
  EXPECT_EQ(text_of_blob("VENDOR", Bytes(257)).details.back(), "… 1 more byte");
  EXPECT_THAT(text_of_blob("VENDOR", {}).details, IsEmpty());
}

TEST(BlobText, DamagedBlobsSayWhyAndAreDumped) {
  const ValueText text = text_of_blob("CTM", Bytes(3));
  EXPECT_EQ(text.text, "blob 42, 3 bytes, damaged: a matrix of 9 numbers is 72 bytes");
  EXPECT_THAT(text.details, ElementsAre("00 00 00"));
}

std::vector<std::uint64_t> identity() {
  constexpr std::uint64_t one = 1ull << 32;
  return {one, 0, 0, 0, one, 0, 0, 0, one};
}

TEST(BlobText, Matrices) {
  EXPECT_EQ(text_of_blob("CTM", bytes_of(identity())).text, "identity");
  auto values = identity();
  values[1] = 1ull << 63 | 1ull << 31;
  const ValueText text = text_of_blob("CTM", bytes_of(values));
  EXPECT_EQ(text.text, "3x3 matrix");
  EXPECT_EQ(text.details.at(0), "  1.00000  -0.50000   0.00000");
}

TEST(BlobText, LookUpTables) {
  using Lut = std::vector<drm_color_lut>;
  const drm_color_lut low{}, middle{9, 9, 9, 0}, top{0xffff, 0xffff, 0xffff, 0};
  EXPECT_EQ(text_of_blob("GAMMA_LUT", bytes_of(Lut{low, top})).text, "2 entries, linear");
  EXPECT_EQ(text_of_blob("GAMMA_LUT", bytes_of(Lut{low, middle, top})).text, "3 entries, rising");
  EXPECT_EQ(text_of_blob("GAMMA_LUT", bytes_of(Lut{top, low})).text,
            "2 entries, rising and falling");
  EXPECT_THAT(text_of_blob("GAMMA_LUT", bytes_of(Lut{middle})).details,
              ElementsAre("first: 9 9 9", "last: 9 9 9"));
}

TEST(BlobText, FormatTables) {
  // XR24, AR24 and NV12; LINEAR has all, Intel's Y tiling NV12 only, and once more LINEAR.
  const ValueText text = text_of_blob(
      "IN_FORMATS", bytes_of<std::uint32_t>(
                        {1, 0, 3, 24, 3, 40,         0x34325258, 0x34325241, 0x3231564e, 0,  //
                         7, 0, 0, 0,  0, 0,                                                  //
                         4, 0, 0, 0,  2, 0x01000000,                                         //
                         0, 0, 0, 0,  0, 0}));
  EXPECT_EQ(text.text, "3 formats, 2 modifiers");
  EXPECT_THAT(text.details,
              ElementsAre("formats: XRGB8888, ARGB8888, NV12", "LINEAR (0x0): all formats",
                          "INTEL_Y_TILED (0x0100000000000002): NV12", "LINEAR (0x0): no format"));
}

TEST(BlobText, FormatTablesWithAFewExceptions) {
  const ValueText text = text_of_blob(
      "IN_FORMATS", bytes_of<std::uint32_t>({1, 0, 3, 24, 1, 40, 0x34325258, 0x34325241, 0x3231564e,
                                             0, 3, 0, 0, 0, 0, 0}));
  EXPECT_EQ(text.details.at(1), "LINEAR (0x0): all but NV12");
}

TEST(BlobText, DamagedFormatTablesShowWhatIsThere) {
  const ValueText text =
      text_of_blob("IN_FORMATS", bytes_of<std::uint32_t>({1, 0, 1, 24, 9, 32, 0x34325258, 0}));
  EXPECT_EQ(text.text, "1 format, 0 modifiers, damaged");
  EXPECT_EQ(text.details.back(), "damaged: the modifiers lie beyond the blob's end");
}

TEST(BlobText, Lists) {
  const ValueText formats =
      text_of_blob("WRITEBACK_PIXEL_FORMATS", bytes_of<std::uint32_t>({0x34325258}));
  EXPECT_EQ(formats.text, "1 format");
  EXPECT_THAT(formats.details, ElementsAre("XRGB8888 (XR24)"));
  EXPECT_EQ(text_of_blob("SIZE_HINTS", bytes_of<std::uint16_t>({64, 64, 128, 96})).text,
            "64x64, 128x96");
  EXPECT_EQ(text_of_blob("SIZE_HINTS", {}).text, "no sizes");
}

TEST(BlobText, TileAndPath) {
  const ValueText tile = text_of_blob("TILE", bytes_of_text("1:1:2:1:1:0:1920:2160"));
  EXPECT_EQ(tile.text, "tile 1,0 of 2x1, 1920x2160");
  EXPECT_THAT(tile.details, ElementsAre("group 1, all tiles in one housing"));
  EXPECT_EQ(text_of_blob("PATH", bytes_of_text("mst:58-1")).text, "mst:58-1");
  EXPECT_EQ(text_of_blob("PATH", {}).text, "empty text");
}

TEST(BlobText, Hdr) {
  hdr_output_metadata raw{};
  auto& frame = raw.hdmi_metadata_type1;
  frame.eotf = 2;
  frame.max_display_mastering_luminance = 1000;
  frame.min_display_mastering_luminance = 50;
  frame.display_primaries[0] = {34000, 16000};
  frame.display_primaries[1] = {13250, 34500};
  frame.display_primaries[2] = {7500, 3000};
  frame.max_cll = 900;
  frame.max_fall = 400;
  const ValueText text = text_of_blob("HDR_OUTPUT_METADATA", bytes_of_one(raw));
  EXPECT_EQ(text.text, "PQ, 1000 cd/m2");
  EXPECT_THAT(text.details,
              ElementsAre("mastering display: 0.0050 to 1000 cd/m2",
                          "primaries: red 0.680 0.320, green 0.265 0.690, blue 0.150 0.060",
                          "content: up to 900 cd/m2, frames up to 400 cd/m2 on average"));
  frame.eotf = 9;
  frame.max_display_mastering_luminance = 0;
  EXPECT_EQ(text_of_blob("HDR_OUTPUT_METADATA", bytes_of_one(raw)).text, "EOTF 9");
}

TEST(BlobText, EdidOfAModernMonitor) {
  const ValueText text = text_of_blob("EDID", bytes_of(sample("hdr")));
  EXPECT_EQ(text.text, "The Linux Foundation Synthetic 27");
  EXPECT_THAT(
      text.details,
      ElementsAre("monitor: The Linux Foundation Synthetic 27", "product: LNX 0x1a2b",
                  "serial: SYN0012345", "made: week 12 of 2021", "size: 597 x 336 mm (27.0 inches)",
                  "input: digital, 10 bits a channel", "gamma: 2.20",
                  "primaries: red 0.680 0.320, green 0.265 0.690, blue 0.150 0.060, "
                  "white 0.312 0.329",
                  "HDR: SDR, PQ, HLG, up to 604 cd/m2, 400 cd/m2 over a frame, "
                  "black at 0.095 cd/m2",
                  "refresh: 48 to 144 Hz", "EDID: 1.4", "extensions: CTA-861"));
}

TEST(BlobText, EdidOfOtherMonitors) {
  const auto analogue = text_of_blob("EDID", bytes_of(sample("analogue"))).details;
  EXPECT_THAT(analogue, testing::Contains("input: analogue"));
  EXPECT_THAT(analogue, testing::Contains("serial: 0x00001267"));
  const auto laptop = text_of_blob("EDID", bytes_of(sample("laptop")));
  EXPECT_EQ(laptop.text, "ZQZ 0x1a2b");
  EXPECT_THAT(laptop.details, testing::Contains("model year 2019"));
  EXPECT_THAT(text_of_blob("EDID", bytes_of(sample("bad-checksum"))).details,
              testing::Contains("complaint: The checksum of block 0 is wrong."));
}

}  // namespace
}  // namespace drmshow
