#include <array>
#include <limits>

#include <drm_mode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm/new_kernel.hpp"
#include "edid_builder.hpp"
#include "one_property.hpp"
#include "query/values/decoded.hpp"
#include "snapshot_builder.hpp"

namespace drmshow {
namespace {

using namespace test;
using testing::ElementsAre;

/// The T in `decoded`; fails the test and gives a T of its own if it is another.
template <class T>
T expect(const Decoded& decoded) {
  if (const T* found = std::get_if<T>(&decoded)) return *found;
  const auto* bad = std::get_if<BadBlob>(&decoded);
  ADD_FAILURE() << "alternative " << decoded.index() << (bad ? ": " + bad->why : "");
  return T{};
}

bool is_nothing(const Decoded& decoded) {
  return std::holds_alternative<std::monostate>(decoded);
}

TEST(Decode, FixedPointGoesByName) {
  const auto range = [](const char* name) { return make_info(name, PropertyKind::range); };
  EXPECT_EQ(expect<Fixed16_16>(decoded(range("SRC_W"), 1920u << 16)), Fixed16_16::from_int(1920));
  EXPECT_TRUE(is_nothing(decoded(range("CRTC_W"), 1920)));
  EXPECT_TRUE(is_nothing(decoded(range("SRC_W"), 1ull << 32)));
}

struct ObjectCase {
  PropertyInfo info;
  ObjectKind kind;
};

TEST(Decode, ObjectsAreOfTheKindThatThePropertyTells) {
  const auto typed = [](std::uint64_t type) {
    return make_info("x", PropertyKind::object, {}, {type});
  };
  const auto named = [](const char* name) { return make_info(name, PropertyKind::object); };
  const ObjectCase cases[] = {
      {typed(DRM_MODE_OBJECT_CRTC), ObjectKind::crtc},
      {typed(DRM_MODE_OBJECT_FB), ObjectKind::framebuffer},
      {typed(DRM_MODE_OBJECT_CONNECTOR), ObjectKind::connector},
      {typed(DRM_MODE_OBJECT_ENCODER), ObjectKind::encoder},
      {typed(DRM_MODE_OBJECT_PLANE), ObjectKind::plane},
      {typed(DRM_MODE_OBJECT_BLOB), ObjectKind::blob},
      {typed(DRM_MODE_OBJECT_PROPERTY), ObjectKind::property},
      {typed(drm_mode_object_colorop), ObjectKind::colorop},
      {named("CRTC_ID"), ObjectKind::crtc},
      {named("FB_ID"), ObjectKind::framebuffer},
      {named("WRITEBACK_FB_ID"), ObjectKind::framebuffer},
      {named("NEXT"), ObjectKind::colorop},
  };
  for (const auto& [info, kind] : cases) {
    const auto object = expect<ObjectReference>(decoded(info, 37));
    EXPECT_EQ(object.kind, kind) << info.name;
    EXPECT_EQ(object.id, 37u);
  }
  EXPECT_TRUE(is_nothing(decoded(typed(12345), 37)));
  EXPECT_TRUE(is_nothing(decoded(named("SOMETHING"), 37)));
  EXPECT_TRUE(is_nothing(decoded(named("CRTC_ID"), 1ull << 32)));
}

TEST(Decode, AModeIsReadWhole) {
  const Mode mode = default_mode();
  EXPECT_EQ(to_string(expect<Mode>(decoded_blob("MODE_ID", bytes_of_one(mode.raw())))),
            to_string(mode));
}

TEST(Decode, EdidAndFormatsGoToTheirParsers) {
  const EdidBytes edid = edid_base({});
  EXPECT_EQ(expect<EdidInfo>(decoded_blob("EDID", bytes_of(edid))).manufacturer, "LNX");
  // One format (0x1111), one modifier (7) that has it.
  const Bytes table = bytes_of<std::uint32_t>({1, 0, 1, 24, 1, 32, 0x1111, 0, 1, 0, 0, 0, 7, 0});
  for (const char* name : {"IN_FORMATS", "IN_FORMATS_ASYNC"})
    EXPECT_TRUE(
        expect<FormatTable>(decoded_blob(name, table)).supports(Format{0x1111}, Modifier{7}));
}

TEST(Decode, WritebackFormatsAndSizeHintsAreLists) {
  const auto list = expect<FormatList>(
      decoded_blob("WRITEBACK_PIXEL_FORMATS", bytes_of<std::uint32_t>({0x11, 0x22})));
  EXPECT_THAT(list.formats, ElementsAre(Format{0x11}, Format{0x22}));
  const auto hints =
      expect<SizeHints>(decoded_blob("SIZE_HINTS", bytes_of<std::uint16_t>({64, 32, 256, 128})));
  EXPECT_THAT(hints.sizes, ElementsAre(Size{64, 32}, Size{256, 128}));
}

TEST(Decode, MatricesAreSignMagnitude) {
  constexpr std::uint64_t one = 1ull << 32;
  constexpr std::uint64_t minus = 1ull << 63;
  const auto matrix = expect<ColourMatrix>(decoded_blob(
      "CTM", bytes_of<std::uint64_t>({one, minus | one, one / 2, minus | one / 4, 0, minus,
                                      one * 3 + one / 8, 1, minus | (one * 0x7fffffff)})));
  EXPECT_THAT(matrix.values,
              ElementsAre(1, -1, 0.5, -0.25, 0, 0, 3.125, 1.0 / 4294967296.0, -2147483647.0));
}

TEST(Decode, LookUpTablesAreSummarised) {
  std::vector<drm_color_lut> entries;
  for (unsigned i = 0; i < 256; ++i) {
    const auto level = static_cast<std::uint16_t>(i * 257);
    entries.push_back({level, level, level, 0});
  }
  auto lut = expect<LutSummary>(decoded_blob("GAMMA_LUT", bytes_of(entries)));
  EXPECT_EQ(lut.entries, 256u);
  EXPECT_THAT(lut.first, ElementsAre(0, 0, 0));
  EXPECT_THAT(lut.last, ElementsAre(0xffff, 0xffff, 0xffff));
  EXPECT_TRUE(lut.linear);
  EXPECT_TRUE(lut.monotonic);

  entries[100].green = static_cast<std::uint16_t>(entries[100].green + 1);
  EXPECT_TRUE(expect<LutSummary>(decoded_blob("DEGAMMA_LUT", bytes_of(entries))).linear);
  entries[100].green = static_cast<std::uint16_t>(entries[100].green + 1);
  lut = expect<LutSummary>(decoded_blob("DEGAMMA_LUT", bytes_of(entries)));
  EXPECT_FALSE(lut.linear);
  EXPECT_TRUE(lut.monotonic);

  entries[100].blue = 0;
  EXPECT_FALSE(expect<LutSummary>(decoded_blob("DEGAMMA_LUT", bytes_of(entries))).monotonic);
}

TEST(Decode, OneEntryIsNoLine) {
  const auto lut = expect<LutSummary>(decoded_blob("GAMMA_LUT", bytes_of_one(drm_color_lut{})));
  EXPECT_EQ(lut.entries, 1u);
  EXPECT_FALSE(lut.linear);
  EXPECT_TRUE(lut.monotonic);
}

hdr_output_metadata hdr10() {
  hdr_output_metadata raw{};
  auto& frame = raw.hdmi_metadata_type1;
  frame.eotf = 2;
  // BT.2020 as green, blue, red: the order is free (CTA-861-G section 6.9.1).
  frame.display_primaries[0] = {8500, 39850};
  frame.display_primaries[1] = {6550, 2300};
  frame.display_primaries[2] = {35400, 14600};
  frame.white_point = {15635, 16450};
  frame.max_display_mastering_luminance = 1000;
  frame.min_display_mastering_luminance = 50;
  frame.max_cll = 900;
  frame.max_fall = 400;
  return raw;
}

TEST(Decode, HdrMetadataHasTheUnitsOfCta861) {
  const auto hdr =
      expect<HdrOutputMetadata>(decoded_blob("HDR_OUTPUT_METADATA", bytes_of_one(hdr10())));
  EXPECT_EQ(hdr.eotf, 2u);
  EXPECT_DOUBLE_EQ(hdr.max_luminance, 1000);
  EXPECT_DOUBLE_EQ(hdr.min_luminance, 0.005);
  EXPECT_EQ(hdr.max_content_light_level, 900u);
  EXPECT_EQ(hdr.max_frame_average_light_level, 400u);
  EXPECT_FLOAT_EQ(hdr.primaries.red.x, 0.708f);
  EXPECT_FLOAT_EQ(hdr.primaries.red.y, 0.292f);
  EXPECT_FLOAT_EQ(hdr.primaries.green.x, 0.170f);
  EXPECT_FLOAT_EQ(hdr.primaries.green.y, 0.797f);
  EXPECT_FLOAT_EQ(hdr.primaries.blue.x, 0.131f);
  EXPECT_FLOAT_EQ(hdr.primaries.blue.y, 0.046f);
  EXPECT_FLOAT_EQ(hdr.primaries.white.x, 0.3127f);
}

TEST(Decode, TileAndPathAreTexts) {
  const auto tile =
      expect<TileInfo>(decoded_blob("TILE", bytes_of_text({"1:1:2:3:1:0:1920:2160\0", 22})));
  EXPECT_EQ(tile.group, 1);
  EXPECT_TRUE(tile.single_monitor);
  EXPECT_EQ(tile.tiles, (Size{2, 3}));
  EXPECT_EQ(tile.location, (Point{1, 0}));
  EXPECT_EQ(tile.size, (Size{1920, 2160}));
  EXPECT_EQ(expect<BlobText>(decoded_blob("PATH", bytes_of_text({"mst:58-1\0", 9}))).text,
            "mst:58-1");
  EXPECT_EQ(expect<BlobText>(decoded_blob("PATH", bytes_of_text("a\x1b]\xff"))).text, "a?]?");
}

TEST(Decode, PipelinesAreFollowed) {
  PipelineBuilder builder;
  builder.op(11, curve_1d, 12);
  builder.op(12, matrix_3x4, 13);
  builder.op(13, lut_1d, 0);
  const Snapshot snapshot{std::move(builder.data_)};
  const PropertyInfo info = make_info("COLOR_PIPELINE", PropertyKind::enumeration);
  EXPECT_THAT(expect<ColourPipeline>(decode(snapshot, {&info, 11})).colorops,
              ElementsAre(11, 12, 13));
  EXPECT_TRUE(expect<ColourPipeline>(decode(snapshot, {&info, 0})).colorops.empty());
  EXPECT_THAT(expect<ColourPipeline>(decode(snapshot, {&info, 99})).colorops, ElementsAre(99));
}

TEST(Decode, PipelinesThatBiteTheirTailEnd) {
  PipelineBuilder builder;
  builder.op(11, curve_1d, 12);
  builder.op(12, matrix_3x4, 11);
  const Snapshot snapshot{std::move(builder.data_)};
  const PropertyInfo info = make_info("COLOR_PIPELINE", PropertyKind::enumeration);
  EXPECT_THAT(expect<ColourPipeline>(decode(snapshot, {&info, 11})).colorops, ElementsAre(11, 12));
}

TEST(Decode, DataIsOfTheTypeOfItsOperation) {
  const Bytes bytes(96);  // 6 entries, or 12 numbers
  PipelineBuilder builder;
  builder.op(11, lut_1d, 12);
  builder.data(51, bytes);
  builder.op(12, matrix_3x4, 13);
  builder.data(52, bytes);
  builder.op(13, {4, "3D LUT"}, 0);
  builder.data(53, bytes);
  const Snapshot snapshot{std::move(builder.data_)};
  const auto data = [&](std::uint32_t id) {
    return decode(snapshot, *snapshot.find_colorop(id)->properties.find("DATA"));
  };
  EXPECT_EQ(expect<LutSummary>(data(11)).entries, 6u);
  EXPECT_EQ(expect<ColourMatrix>(data(12)).values.size(), 12u);
  EXPECT_TRUE(is_nothing(data(13)));
  const PropertyInfo stray = make_info("DATA", PropertyKind::blob);
  EXPECT_TRUE(is_nothing(decode(snapshot, {&stray, 51})));
}

TEST(Decode, WideLookUpTablesReachTheTop) {
  constexpr std::uint32_t top = std::numeric_limits<std::uint32_t>::max();
  PipelineBuilder builder;
  builder.op(11, lut_1d, 0);
  builder.data(
      51, bytes_of<std::uint32_t>({0, 0, 0, 0, top / 2, top / 2, top / 2, 0, top, top, top, 0}));
  const Snapshot snapshot{std::move(builder.data_)};
  const auto lut =
      expect<LutSummary>(decode(snapshot, *snapshot.find_colorop(11)->properties.find("DATA")));
  EXPECT_TRUE(lut.linear);
  EXPECT_THAT(lut.last, ElementsAre(top, top, top));
}

struct BadCase {
  const char* property;
  Bytes bytes;
};

TEST(Decode, WhatNoPropertyCanHaveIsBad) {
  hdr_output_metadata other_type = hdr10();
  other_type.metadata_type = 1;
  const BadCase cases[] = {
      {"MODE_ID", Bytes(sizeof(drm_mode_modeinfo) - 1)},
      {"MODE_ID", {}},
      {"EDID", Bytes(128)},
      {"IN_FORMATS", Bytes(10)},
      {"WRITEBACK_PIXEL_FORMATS", Bytes(5)},
      {"SIZE_HINTS", Bytes(6)},
      {"CTM", Bytes(71)},
      {"CTM", Bytes(96)},
      {"GAMMA_LUT", {}},
      {"GAMMA_LUT", Bytes(12)},
      {"HDR_OUTPUT_METADATA", Bytes(sizeof(hdr_output_metadata) + 1)},
      {"HDR_OUTPUT_METADATA", bytes_of_one(other_type)},
      {"TILE", {}},
      {"TILE", bytes_of_text("1:1:2:1:1:0:1920")},
      {"TILE", bytes_of_text("1:1:2:1:1:0:1920:2160:7")},
      {"TILE", bytes_of_text("1:1:2:1:1:0:1920:99999999999")},
      {"TILE", bytes_of_text("1:1:2:1:-1:0:1920:2160")},
      {"TILE", bytes_of_text("1:1:2:1:1:0:1920:2160 ")},
  };
  for (const auto& [property, bytes] : cases)
    EXPECT_NE(expect<BadBlob>(decoded_blob(property, bytes)).why, "")
        << property << ", " << bytes.size() << " bytes";
}

TEST(Decode, UnknownAndAbsentBlobsAreNothing) {
  EXPECT_TRUE(is_nothing(decoded_blob("SOMETHING", Bytes(8))));
  const PropertyInfo info = make_info("CTM", PropertyKind::blob);
  for (const std::uint64_t value : {0ull, 7ull, 1ull << 32 | 42})
    EXPECT_TRUE(is_nothing(decoded(info, value))) << value;
}

}  // namespace
}  // namespace drmshow
