#include "drm/format_table.hpp"

#include <cstring>

#include <drm_mode.h>
#include <gtest/gtest.h>

namespace drmshow {
namespace {

using Bytes = std::vector<std::byte>;

Format numbered(std::size_t i) {
  return Format{static_cast<std::uint32_t>(0x1000 + i)};
}

struct RawRow {
  std::uint64_t bits;
  std::uint32_t offset;
  std::uint64_t modifier;
};

template <class T>
void put(Bytes& bytes, std::size_t at, const T& value) {
  if (bytes.size() < at + sizeof value) bytes.resize(at + sizeof value);
  std::memcpy(&bytes[at], &value, sizeof value);
}

/// A blob as the kernel lays it out, `count` formats long; `gap` bytes before the formats.
Bytes table(std::size_t count, const std::vector<RawRow>& rows, std::uint32_t gap = 0) {
  drm_format_modifier_blob header{};
  header.version = FORMAT_BLOB_CURRENT;
  header.count_formats = static_cast<std::uint32_t>(count);
  header.formats_offset = sizeof header + gap;
  header.count_modifiers = static_cast<std::uint32_t>(rows.size());
  header.modifiers_offset = header.formats_offset + 4 * header.count_formats;
  Bytes bytes;
  put(bytes, 0, header);
  for (std::size_t i = 0; i < count; ++i)
    put(bytes, header.formats_offset + 4 * i, numbered(i).fourcc());
  for (std::size_t i = 0; i < rows.size(); ++i)
    put(bytes, header.modifiers_offset + i * sizeof(drm_format_modifier),
        drm_format_modifier{rows[i].bits, rows[i].offset, 0, rows[i].modifier});
  return bytes;
}

/// `table(2, ...)` with one field of the header changed.
Bytes lying(std::uint32_t drm_format_modifier_blob::*field, std::uint32_t value) {
  Bytes bytes = table(2, {{3, 0, 0}});
  drm_format_modifier_blob header{};
  std::memcpy(&header, bytes.data(), sizeof header);
  header.*field = value;
  put(bytes, 0, header);
  return bytes;
}

TEST(FormatTable, FormatsAndModifiersAreRead) {
  const FormatTable read = parse_format_table(table(3, {{0b101, 0, 7}, {0b010, 0, 9}}));
  EXPECT_EQ(read.problem, "");
  EXPECT_EQ(read.formats, (std::vector{numbered(0), numbered(1), numbered(2)}));
  ASSERT_EQ(read.rows.size(), 2u);
  EXPECT_EQ(read.rows[0].modifier, Modifier{7});
  EXPECT_EQ(read.rows[0].formats, (std::vector{numbered(0), numbered(2)}));
  EXPECT_TRUE(read.supports(numbered(1), Modifier{9}));
  EXPECT_FALSE(read.supports(numbered(0), Modifier{9}));
  EXPECT_FALSE(read.supports(numbered(1), Modifier{8}));
}

TEST(FormatTable, BitsBeyond31AndWindowsCount) {
  const FormatTable read = parse_format_table(
      table(70, {{1ull << 31 | 1ull << 32 | 1ull << 63, 0, 7}, {0b100001, 64, 7}}));
  EXPECT_EQ(read.problem, "");
  EXPECT_EQ(read.rows.at(0).formats, (std::vector{numbered(31), numbered(32), numbered(63)}));
  EXPECT_EQ(read.rows.at(1).formats, (std::vector{numbered(64), numbered(69)}));
  EXPECT_TRUE(read.supports(numbered(32), Modifier{7}));
  EXPECT_TRUE(read.supports(numbered(69), Modifier{7}));
  EXPECT_FALSE(read.supports(numbered(33), Modifier{7}));
}

TEST(FormatTable, AnyAlignmentWillDo) {
  for (std::uint32_t gap = 1; gap < 8; ++gap) {
    const FormatTable read = parse_format_table(table(2, {{3, 0, 7}}, gap));
    EXPECT_EQ(read.problem, "");
    EXPECT_TRUE(read.supports(numbered(1), Modifier{7})) << gap;
  }
}

TEST(FormatTable, BitsBeyondTheListAreAProblem) {
  const FormatTable read = parse_format_table(table(2, {{0b111, 0, 7}, {0b10, 0xffffffff, 8}}));
  EXPECT_EQ(read.problem, "a modifier names format 2 of a list of 2");
  ASSERT_EQ(read.rows.size(), 2u);
  EXPECT_EQ(read.rows[0].formats.size(), 2u);
  EXPECT_TRUE(read.rows[1].formats.empty());
}

struct Lie {
  Bytes blob;
  const char* problem;
};

TEST(FormatTable, CountsAndOffsetsAreNotTrusted) {
  using Header = drm_format_modifier_blob;
  const Bytes whole = table(2, {{3, 0, 0}});
  const Lie lies[] = {
      {{}, "the blob is too short for its header"},
      {{whole.begin(), whole.begin() + 23}, "the blob is too short for its header"},
      {lying(&Header::version, 2), "version 2 of the blob is not known"},
      {lying(&Header::version, 0), "version 0 of the blob is not known"},
      // 4 * 0x40000000 and 24 * 0x0aaaaaab are more than 32 bits hold.
      {lying(&Header::count_formats, 0x40000000), "the formats lie beyond the blob's end"},
      {lying(&Header::formats_offset, 0xfffffffc), "the formats lie beyond the blob's end"},
      {lying(&Header::count_modifiers, 0x0aaaaaab), "the modifiers lie beyond the blob's end"},
      {lying(&Header::count_modifiers, 2), "the modifiers lie beyond the blob's end"},
      {lying(&Header::modifiers_offset, 0xffffffff), "the modifiers lie beyond the blob's end"},
      {{whole.begin(), whole.end() - 1}, "the modifiers lie beyond the blob's end"},
  };
  for (const auto& [blob, problem] : lies) EXPECT_EQ(parse_format_table(blob).problem, problem);
}

TEST(FormatTable, FormatsStayWhenTheModifiersAreLost) {
  const FormatTable read =
      parse_format_table(lying(&drm_format_modifier_blob::count_modifiers, 0xffffffff));
  EXPECT_EQ(read.formats.size(), 2u);
  EXPECT_TRUE(read.rows.empty());
}

}  // namespace
}  // namespace drmshow
