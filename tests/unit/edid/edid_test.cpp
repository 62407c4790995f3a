#include "edid/edid.hpp"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "edid_builder.hpp"

namespace drmshow {

namespace {

using test::EdidBytes;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::span<const std::byte> bytes_of(const EdidBytes& edid) {
  return std::as_bytes(std::span{edid});
}

EdidBytes sample(std::string_view name) {
  for (auto& found : test::edid_samples())
    if (found.name == name) return found.bytes;
  throw std::invalid_argument{std::string{name}};
}

EdidInfo parsed(const EdidBytes& edid) {
  std::string why;
  const auto info = parse_edid(bytes_of(edid), &why);
  EXPECT_TRUE(info) << why;
  return info.value_or(EdidInfo{});
}

TEST(Edid, SaysWhatTheMonitorIs) {
  const EdidInfo edid = parsed(sample("desk"));
  EXPECT_EQ(edid.make, "The Linux Foundation");
  EXPECT_EQ(edid.manufacturer, "LNX");
  EXPECT_EQ(edid.product_code, 0x1a2bu);
  EXPECT_EQ(edid.model, "Synthetic 27");
  EXPECT_EQ(edid.serial, "SYN0012345");
  EXPECT_EQ(edid.year, 2021);
  EXPECT_EQ(edid.week, 12);
  EXPECT_FALSE(edid.is_model_year);
  EXPECT_EQ(edid.version, 1);
  EXPECT_EQ(edid.revision, 4);
  EXPECT_EQ(monitor_name(edid), "The Linux Foundation Synthetic 27");
}

TEST(Edid, SaysWhatThePictureIs) {
  const EdidInfo edid = parsed(sample("desk"));
  EXPECT_TRUE(edid.digital);
  EXPECT_EQ(edid.bits_per_channel, 10);
  EXPECT_EQ(edid.size_mm, (Size{597, 336}));
  EXPECT_FLOAT_EQ(edid.gamma.value_or(0), 2.2f);
  ASSERT_TRUE(edid.primaries);
  EXPECT_NEAR(edid.primaries->red.x, 0.680, 0.001);
  EXPECT_NEAR(edid.primaries->red.y, 0.320, 0.001);
  EXPECT_NEAR(edid.primaries->green.x, 0.265, 0.001);
  EXPECT_NEAR(edid.primaries->green.y, 0.690, 0.001);
  EXPECT_NEAR(edid.primaries->blue.x, 0.150, 0.001);
  EXPECT_NEAR(edid.primaries->blue.y, 0.060, 0.001);
  EXPECT_NEAR(edid.primaries->white.x, 0.3127, 0.001);
  EXPECT_NEAR(edid.primaries->white.y, 0.3290, 0.001);
  ASSERT_TRUE(edid.vertical_range);
  EXPECT_EQ(edid.vertical_range->least, 48);
  EXPECT_EQ(edid.vertical_range->greatest, 144);
  EXPECT_FALSE(edid.hdr);
  EXPECT_THAT(edid.extensions, IsEmpty());
  EXPECT_THAT(edid.complaints, IsEmpty());
}

TEST(Edid, HdrMetadataIsRead) {
  const EdidInfo edid = parsed(sample("hdr"));
  ASSERT_TRUE(edid.hdr);
  EXPECT_TRUE(edid.hdr->traditional_sdr);
  EXPECT_FALSE(edid.hdr->traditional_hdr);
  EXPECT_TRUE(edid.hdr->pq);
  EXPECT_TRUE(edid.hdr->hlg);
  // CTA-861-H section 7.5.13: 50 * 2^(code / 32), and its (code / 255)^2 / 100.
  EXPECT_NEAR(edid.hdr->max_luminance, 603.67, 0.01);
  EXPECT_NEAR(edid.hdr->max_frame_average_luminance, 400, 0.01);
  EXPECT_NEAR(edid.hdr->min_luminance, 0.0951, 0.0001);
  EXPECT_THAT(edid.extensions, ElementsAre("CTA-861"));
}

TEST(Edid, AnalogueMonitorsAreTold) {
  const EdidInfo edid = parsed(sample("analogue"));
  EXPECT_FALSE(edid.digital);
  EXPECT_EQ(edid.bits_per_channel, 0);
  EXPECT_EQ(edid.revision, 3);
  EXPECT_EQ(edid.serial, "0x00001267");
  EXPECT_EQ(edid.size_mm, (Size{360, 270}));
}

TEST(Edid, PanelsWithoutANameHaveTheirProductCode) {
  const EdidInfo edid = parsed(sample("laptop"));
  EXPECT_EQ(edid.make, "ZQZ");
  EXPECT_EQ(edid.model, "");
  EXPECT_EQ(edid.serial, "");
  EXPECT_EQ(edid.year, 2019);
  EXPECT_EQ(edid.week, 0);
  EXPECT_TRUE(edid.is_model_year);
  EXPECT_FALSE(edid.vertical_range);
  EXPECT_EQ(monitor_name(edid), "ZQZ 0x1a2b");
}

TEST(Edid, EveryKindOfExtensionIsNamed) {
  EdidBytes edid = sample("tiled");
  for (const std::uint8_t tag : EdidBytes{0x10, 0x40, 0x50, 0x60, 0xf0, 0xff, 0x99})
    test::add_extension(edid, tag, {});
  EXPECT_THAT(parsed(edid).extensions,
              ElementsAre("DisplayID", "VTB", "DI", "LS", "DPVL", "block map", "manufacturer's own",
                          "unknown (0x99)"));
}

TEST(Edid, ValidSamplesDrawNoComplaint) {
  for (const auto& found : test::edid_samples())
    EXPECT_TRUE(!found.valid || parsed(found.bytes).complaints.empty()) << found.name;
}

TEST(Edid, DescriptorsOfOnesAreNoText) {
  const EdidInfo edid = parsed(sample("descriptors-of-ones"));
  EXPECT_EQ(edid.model, "");
  EXPECT_EQ(edid.serial, "0x01020304");
  EXPECT_EQ(edid.size_mm, (Size{600, 340}));
}

struct Fault {
  const char* sample;
  const char* complaint;
};

TEST(Edid, FaultsAreNamedAndTheRestIsRead) {
  const Fault faults[] = {
      {"bad-checksum", "The checksum of block 0 is wrong."},
      {"bad-extension-checksum", "The checksum of block 1 is wrong."},
      {"bad-header", "The first eight bytes are not those of an EDID."},
      {"missing-extensions", "Block 0, Base EDID: The data size does not match"},
      {"hidden-extension", "Block 0, Base EDID: The data size does not match"},
      {"truncated", "72 bytes after the last whole block are left out."},
  };
  for (const auto& [name, complaint] : faults) {
    const EdidInfo edid = parsed(sample(name));
    EXPECT_THAT(edid.complaints, Contains(HasSubstr(complaint))) << name;
    EXPECT_EQ(edid.model, "Synthetic 27") << name;
  }
}

TEST(Edid, AWrongChecksumOfAnExtensionCostsNothingElse) {
  const EdidInfo edid = parsed(sample("bad-extension-checksum"));
  EXPECT_TRUE(edid.hdr);
  EXPECT_THAT(edid.extensions, ElementsAre("CTA-861"));
  EXPECT_THAT(edid.complaints, ElementsAre("The checksum of block 1 is wrong."));
}

TEST(Edid, NoControlCharacterComesThrough) {
  const EdidInfo edid = parsed(sample("control-characters"));
  EXPECT_EQ(edid.model, "?[2J????x");
  EdidInfo raw;
  raw.make = "\x1b]0;make\x07";
  raw.model = "m\nodel";
  EXPECT_EQ(monitor_name(raw), "?]0;make? m?odel");
}

TEST(Edid, MoreBlocksThanAnEdidHasAreLeftOut) {
  EdidBytes edid = sample("desk");
  edid.resize(257 * 128);
  EXPECT_THAT(parsed(edid).complaints, Contains(HasSubstr("Of 257 blocks")));
  EXPECT_EQ(parsed(edid).extensions.size(), 255u);
}

struct Refusal {
  EdidBytes bytes;
  const char* why;
};

EdidBytes of_version(std::uint8_t version) {
  EdidBytes edid = sample("desk");
  edid[0x12] = version;
  test::mend_block(edid, 0);
  return edid;
}

EdidBytes cut(std::size_t size) {
  EdidBytes edid = sample("desk");
  edid.resize(size);
  return edid;
}

TEST(Edid, OtherThingsAreRefusedWithAReason) {
  const Refusal refusals[] = {
      {{}, "0 bytes are too few for an EDID"},
      {cut(127), "127 bytes are too few for an EDID"},
      {EdidBytes(128), "it does not begin as an EDID does"},
      {of_version(2), "version 2 of EDID is not known"},
  };
  for (const auto& [bytes, expected] : refusals) {
    std::string why;
    EXPECT_FALSE(parse_edid(bytes_of(bytes), &why));
    EXPECT_EQ(why, expected);
    EXPECT_FALSE(parse_edid(bytes_of(bytes)));
  }
}

TEST(Edid, ATimingFromAnotherPanelDoesNotChangeTheSize) {
  test::EdidBase base;
  base.width_cm = 31;
  base.height_cm = 17;
  base.descriptors = {test::timing_descriptor()};
  EXPECT_EQ(parsed(test::edid_base(base)).size_mm, (Size{310, 170}));
}

TEST(Edid, WithoutASizeThereIsNone) {
  test::EdidBase base;
  base.width_cm = base.height_cm = 0;
  EXPECT_TRUE(parsed(test::edid_base(base)).size_mm.empty());
}

struct NameCase {
  const char* make;
  const char* model;
  const char* name;
};

TEST(MonitorName, HasNoDoubledWords) {
  const NameCase cases[] = {
      {"Dell Inc.", "DELL U2720Q", "Dell Inc. DELL U2720Q"},
      {"Acer", "acer X27", "acer X27"},
      {"Acer", "Acerola 5", "Acer Acerola 5"},
      {"Acer", "", "Acer 0x0007"},
      {"", "X27", "X27"},
      {"Acer", "Acer", "Acer"},
  };
  for (const auto& [make, model, name] : cases) {
    EdidInfo edid;
    edid.make = make;
    edid.model = model;
    edid.product_code = 7;
    EXPECT_EQ(monitor_name(edid), name);
  }
}

}  // namespace
}  // namespace drmshow
