#include "wayland/dmabuf_feedback.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <initializer_list>
#include <vector>

#include "drm/modifier_rank.hpp"

namespace drmshow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Bytes = std::vector<std::byte>;

constexpr Format xrgb = formats::xrgb8888;
constexpr Format rgb565 = formats::rgb565;
constexpr Modifier tiled{0x0100000000000002};

template <class T>
void append(Bytes& bytes, T value) {
  const auto at = bytes.size();
  bytes.resize(at + sizeof value);
  std::memcpy(&bytes[at], &value, sizeof value);
}

Bytes table_of(std::initializer_list<FormatAndModifier> pairs) {
  Bytes bytes;
  for (const auto& [format, modifier] : pairs) {
    append(bytes, format.fourcc());
    append(bytes, std::uint32_t{0xdeadbeef});  // padding may hold anything
    append(bytes, modifier.value());
  }
  return bytes;
}

Bytes device(dev_t number) {
  Bytes bytes;
  append(bytes, number);
  return bytes;
}

Bytes indices(std::initializer_list<std::uint16_t> numbers) {
  Bytes bytes;
  for (const auto number : numbers) append(bytes, number);
  return bytes;
}

void send_tranche(DmabufFeedbackReader& reader, dev_t target, std::uint32_t flags,
                  std::initializer_list<std::uint16_t> entries) {
  reader.tranche_target_device(device(target));
  reader.tranche_flags(flags);
  reader.tranche_formats(indices(entries));
  reader.tranche_done();
}

TEST(DmabufFeedback, HasDeviceAndTranches) {
  DmabufFeedbackReader reader;
  reader.table(table_of({{xrgb, modifiers::linear}, {xrgb, tiled}, {rgb565, modifiers::linear}}));
  reader.main_device(device(0xe280));
  send_tranche(reader, 0xe200, 1, {1});
  send_tranche(reader, 0xe280, 0, {0, 1, 2});
  const auto feedback = reader.done();
  EXPECT_EQ(feedback.main_device, dev_t{0xe280});
  EXPECT_EQ(feedback.problem, "");
  const DmabufTranche shown{0xe200, true, {{xrgb, {tiled}}}};
  const DmabufTranche drawn{
      0xe280, false, {{xrgb, {modifiers::linear, tiled}}, {rgb565, {modifiers::linear}}}};
  EXPECT_THAT(feedback.tranches, ElementsAre(shown, drawn));
  EXPECT_EQ(feedback.all_formats(),
            (PlaneFormats{{xrgb, {tiled, modifiers::linear}}, {rgb565, {modifiers::linear}}}));
}

TEST(DmabufFeedback, ANewOneKeepsTheTableOnly) {
  DmabufFeedbackReader reader;
  reader.table(table_of({{xrgb, modifiers::linear}, {xrgb, tiled}}));
  reader.main_device(device(1));
  send_tranche(reader, 1, 1, {0});
  static_cast<void>(reader.done());
  send_tranche(reader, 2, 0, {1});
  const auto feedback = reader.done();
  EXPECT_EQ(feedback.main_device, dev_t{0});
  EXPECT_THAT(feedback.tranches, ElementsAre(DmabufTranche{2, false, {{xrgb, {tiled}}}}));
}

TEST(DmabufFeedback, OnlyTheInvalidModifierIsNone) {
  DmabufFeedbackReader reader;
  reader.table(table_of(
      {{xrgb, modifiers::invalid}, {rgb565, modifiers::invalid}, {rgb565, modifiers::linear}}));
  send_tranche(reader, 1, 0, {0, 1, 2});
  EXPECT_THAT(reader.done().tranches,
              ElementsAre(DmabufTranche{
                  1, false, {{xrgb, {}}, {rgb565, {modifiers::invalid, modifiers::linear}}}}));
}

TEST(DmabufFeedback, AllFormatsKnowsWhatOnlyDriversKnow) {
  DmabufFeedback feedback;
  feedback.tranches = {{1, false, {{xrgb, {}}}}, {2, false, {{xrgb, {tiled}}}}};
  EXPECT_EQ(feedback.all_formats(), (PlaneFormats{{xrgb, {modifiers::invalid, tiled}}}));
}

TEST(DmabufFeedback, IndicesBeyondTheTableAreLeftOut) {
  DmabufFeedbackReader reader;
  reader.table(table_of({{xrgb, tiled}}));
  send_tranche(reader, 1, 0, {7, 0, 65535});
  const auto feedback = reader.done();
  EXPECT_THAT(feedback.tranches, ElementsAre(DmabufTranche{1, false, {{xrgb, {tiled}}}}));
  EXPECT_EQ(feedback.problem, "a tranche names entry 7 of a table of 1");
}

TEST(DmabufFeedback, ATrancheWithNothingInItIsNone) {
  DmabufFeedbackReader reader;
  send_tranche(reader, 1, 0, {0});
  EXPECT_THAT(reader.done().tranches, IsEmpty());
}

TEST(DmabufFeedback, DevicesOfAWrongLengthAreNone) {
  DmabufFeedbackReader reader;
  reader.main_device(Bytes(4));
  const auto feedback = reader.done();
  EXPECT_EQ(feedback.main_device, dev_t{0});
  EXPECT_EQ(feedback.problem, "the main device has 4 bytes");
}

TEST(DmabufFeedback, OtherDevicesThanDisplaysAndGpusAreNone) {
  DmabufFeedbackReader reader;
  reader.main_device(device(0x103));
  const auto feedback = reader.done();
  EXPECT_EQ(feedback.main_device, dev_t{0});
  EXPECT_EQ(feedback.problem, "the main device 1:3 is no display and no GPU");
}

TEST(DmabufFeedback, NoFormatsAreAProblem) {
  DmabufFeedbackReader reader;
  reader.main_device(device(0xe280));
  reader.table(table_of({{xrgb, tiled}}));
  send_tranche(reader, 0xe280, 0, {});
  EXPECT_EQ(reader.done().problem, "there are no formats in it");
}

TEST(DmabufFeedback, WhatIsLeftOfATableIsCutOff) {
  Bytes table = table_of({{xrgb, tiled}});
  table.resize(table.size() + 15);
  EXPECT_THAT(parse_dmabuf_table(table), SizeIs(1));
  EXPECT_THAT(parse_dmabuf_table(Bytes(15)), IsEmpty());
  EXPECT_THAT(parse_dmabuf_table(Bytes(16 * 70000)), SizeIs(65536));
}

TEST(DmabufFeedback, TranchesAreCounted) {
  DmabufFeedbackReader reader;
  reader.table(table_of({{xrgb, tiled}}));
  for (int i = 0; i < 300; ++i) send_tranche(reader, 1, 0, {0});
  const auto feedback = reader.done();
  EXPECT_THAT(feedback.tranches, SizeIs(256));
  EXPECT_EQ(feedback.problem, "there are more than 256 tranches");
}

TEST(DmabufFeedback, ATrancheThatDoesNotEndTakesNoMemory) {
  DmabufFeedbackReader reader;
  reader.table(table_of({{xrgb, tiled}}));
  const Bytes many(4000);  // 2000 times entry 0
  for (int i = 0; i < 100; ++i) reader.tranche_formats(many);
  reader.tranche_done();
  EXPECT_EQ(reader.done().problem, "a tranche does not end");
}

}  // namespace
}  // namespace drmshow
