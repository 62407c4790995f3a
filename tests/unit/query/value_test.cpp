// Values that are numbers, entries and objects.
#include <drm_mode.h>
#include <gtest/gtest.h>

#include "drm/new_kernel.hpp"
#include "one_property.hpp"

namespace drmshow {
namespace {

using namespace test;

struct Case {
  PropertyInfo info;
  std::uint64_t value;
  const char* text;
};

void expect_texts(std::initializer_list<Case> cases) {
  for (const auto& [info, value, text] : cases)
    EXPECT_EQ(text_of(info, value).text, text) << info.name << " = " << value;
}

PropertyInfo range(const char* name) {
  return make_info(name, PropertyKind::range);
}

TEST(ValueText, Ranges) {
  expect_texts({
      {range("zpos"), 3, "3"},
      {range("x"), 0xffffffff, "4294967295"},
      {range("x"), 0x100000000, "4294967296 (0x100000000)"},
      {range("SRC_W"), 1920u << 16, "1920"},
      {range("SRC_W"), 1920u << 16 | 0x8000, "1920.5"},
      {range("SRC_W"), 1, "0.00002"},
      {range("SRC_W"), 0xffffffff, "65535.99998"},
      {range("SRC_W"), 0, "0"},
      {range("alpha"), 65535, "65535 (opaque)"},
      {range("alpha"), 0x8000, "32768 (50.0%)"},
      {range("alpha"), 0, "0 (0.0%)"},
      {range("MULTIPLIER"), 3ull << 31, "1.5 (0x180000000)"},
      {range("MULTIPLIER"), 1ull << 63 | 1ull << 31, "-0.5 (0x8000000080000000)"},
  });
}

TEST(ValueText, SignedRanges) {
  const PropertyInfo info = make_info("IN_FENCE_FD", PropertyKind::signed_range);
  expect_texts({{info, ~0ull, "-1"}, {info, 12, "12"}, {info, 1ull << 63, "-9223372036854775808"}});
}

TEST(ValueText, Enumerations) {
  const PropertyInfo info = make_info("link-status", PropertyKind::enumeration,
                                      {{0, "Good"},
                                       {1,
                                        "B\x1b"
                                        "d"},
                                       {2, ""}});
  expect_texts({{info, 0, "Good"},
                {info, 1, "B?d"},
                {info, 2, "2"},
                {info, 7, "7 (not one of its values)"}});
}

TEST(ValueText, Bitmasks) {
  const PropertyInfo info = make_info("rotation", PropertyKind::bitmask,
                                      {{0, "rotate-0"}, {4, "reflect-x"}, {63, "top"}, {64, "no"}});
  expect_texts({{info, 0, "none"},
                {info, 1, "rotate-0"},
                {info, 1 | 1 << 4 | 1 << 9, "rotate-0|reflect-x|bit 9"},
                {info, 1ull << 63, "top"}});
}

TEST(ValueText, Objects) {
  const auto object = [](std::uint64_t type) {
    return make_info("x", PropertyKind::object, {}, {type});
  };
  expect_texts({{object(DRM_MODE_OBJECT_CRTC), 37, "CRTC 37"},
                {object(DRM_MODE_OBJECT_FB), 93, "framebuffer 93"},
                {object(DRM_MODE_OBJECT_CONNECTOR), 5, "connector 5"},
                {object(drm_mode_object_colorop), 6, "colorop 6"},
                {object(DRM_MODE_OBJECT_FB), 0, "none"},
                {object(777), 6, "object 6"},
                {object(777), 0, "none"}});
}

TEST(ValueText, UnknownKindsAreRaw) {
  expect_texts({{make_info("x", PropertyKind::unknown), 0xabc, "0xabc"}});
}

TEST(ValueText, PipelinesNameTheirOperations) {
  PipelineBuilder builder;
  builder.op(11, curve_1d, 12);
  builder.property(range("BYPASS"), 1);
  builder.op(12, matrix_3x4, 13);
  const Snapshot snapshot{std::move(builder.data_)};
  const PropertyInfo info = make_info("COLOR_PIPELINE", PropertyKind::enumeration,
                                      {{0, "Bypass"}, {11, "Color Pipeline 11"}});
  const ValueText text = value_text(snapshot, {&info, 11});
  EXPECT_EQ(text.text, "1D Curve → 3x4 Matrix → colorop 13");
  EXPECT_EQ(text.details,
            (std::vector<std::string>{"colorop 11, 1D Curve: BYPASS = 1", "colorop 12, 3x4 Matrix",
                                      "colorop 13, colorop 13"}));
  EXPECT_EQ(value_text(snapshot, {&info, 0}).text, "Bypass");
}

TEST(ValueText, OperationsThatClaimPipelinesAreNotFollowed) {
  PipelineBuilder builder;
  builder.op(11, curve_1d, 0);
  builder.property(make_info("COLOR_PIPELINE", PropertyKind::enumeration), 11);
  const Snapshot snapshot{std::move(builder.data_)};
  const PropertyInfo info = make_info("COLOR_PIPELINE", PropertyKind::enumeration);
  EXPECT_EQ(value_text(snapshot, {&info, 11}).text, "1D Curve");
}

struct DomainCase {
  PropertyInfo info;
  const char* text;
};

TEST(DomainText, SaysWhatAPropertyTakes) {
  using Kind = PropertyKind;
  PropertyInfo unknown = make_info("x", Kind::unknown);
  unknown.flags = 0x1c0;
  PropertyInfo immutable = make_info("x", Kind::blob);
  immutable.immutable = true;
  const DomainCase cases[] = {
      {make_info("x", Kind::range, {}, {0, 65535}), "range [0, 65535]"},
      {make_info("x", Kind::range, {}, {0, ~0ull}), "range [0, 18446744073709551615]"},
      {make_info("x", Kind::range), "range"},
      {make_info("x", Kind::signed_range, {}, {~0ull, 7}), "signed range [-1, 7]"},
      {make_info("x", Kind::enumeration, {{0, "Good"}, {1, "Bad"}}), "enum {Good, Bad}"},
      {make_info("x", Kind::enumeration, {{0, "\n"}, {1, ""}}), "enum {?, 1}"},
      {make_info("x", Kind::bitmask, {{0, "rotate-0"}}), "bitmask {rotate-0}"},
      {make_info("x", Kind::blob), "blob"},
      {make_info("x", Kind::object, {}, {DRM_MODE_OBJECT_CRTC}), "object CRTC"},
      {make_info("x", Kind::object, {}, {1}), "object"},
      {immutable, "immutable blob"},
      {unknown, "unknown kind (flags 0x1c0)"},
  };
  for (const auto& [info, text] : cases) EXPECT_EQ(domain_text(info), text);
}

}  // namespace
}  // namespace drmshow
