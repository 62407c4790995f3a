#include "edid/blocks.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace drmshow {
namespace {

constexpr std::size_t kMaxBlocks = 256;
constexpr std::size_t kExtensionCount = 0x7e;
constexpr std::size_t kChecksum = 0x7f;

constexpr std::array<std::uint8_t, 8> kHeader{0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00};
/// So many bytes of the header must be right: as the kernel's drm.edid_fixup has it by default.
constexpr int kHeaderScore = 6;

int header_score(std::span<const std::byte> bytes) {
  int right = 0;
  for (std::size_t i = 0; i < kHeader.size(); ++i) right += bytes[i] == std::byte{kHeader[i]};
  return right;
}

std::uint8_t sum(std::span<const std::byte> block) {
  return std::accumulate(block.begin(), block.end(), std::uint8_t{0},
                         [](std::uint8_t total, std::byte byte) {
                           return static_cast<std::uint8_t>(total + std::to_integer<int>(byte));
                         });
}

/// Whether it was wrong.
bool mend_checksum(std::span<std::byte> block) {
  const std::uint8_t excess = sum(block);
  const auto last = std::to_integer<int>(block[kChecksum]);
  block[kChecksum] = static_cast<std::byte>(last - excess);
  return excess != 0;
}

void mend_header(MendedEdid& edid) {
  if (header_score(edid.bytes) == static_cast<int>(kHeader.size())) return;
  std::ranges::transform(kHeader, edid.bytes.begin(), [](std::uint8_t b) { return std::byte{b}; });
  edid.complaints.push_back("The first eight bytes are not those of an EDID.");
}

void mend_checksums(MendedEdid& edid) {
  const std::span all{edid.bytes};
  for (std::size_t i = 0; i < all.size() / edid_block_size; ++i)
    if (mend_checksum(all.subspan(i * edid_block_size, edid_block_size)))
      edid.complaints.push_back(fmt::format("The checksum of block {} is wrong.", i));
}

/// As many whole blocks as an EDID can have.
MendedEdid whole_blocks(std::span<const std::byte> bytes) {
  MendedEdid edid;
  const std::size_t blocks = bytes.size() / edid_block_size;
  if (bytes.size() % edid_block_size != 0)
    edid.complaints.push_back(fmt::format("{} bytes after the last whole block are left out.",
                                          bytes.size() % edid_block_size));
  if (blocks > kMaxBlocks)
    edid.complaints.push_back(fmt::format(
        "Of {} blocks only the first {} are read: an EDID has no more.", blocks, kMaxBlocks));
  const auto kept = bytes.first(std::min(blocks, kMaxBlocks) * edid_block_size);
  edid.bytes.assign(kept.begin(), kept.end());
  return edid;
}

struct ExtensionTag {
  std::uint8_t tag;
  std::string_view name;
};

// E-EDID 1.4, section 2.2.4; 0x70: DisplayID 1.3, section B.
constexpr ExtensionTag extension_tags[] = {
    {0x02, "CTA-861"}, {0x10, "VTB"},       {0x40, "DI"},        {0x50, "LS"},
    {0x60, "DPVL"},    {0x70, "DisplayID"}, {0xf0, "block map"}, {0xff, "manufacturer's own"},
};

std::string extension_name(std::uint8_t tag) {
  const auto* const found = std::ranges::find(extension_tags, tag, &ExtensionTag::tag);
  if (found == std::end(extension_tags)) return fmt::format("unknown ({:#04x})", tag);
  return std::string{found->name};
}

}  // namespace

std::optional<MendedEdid> mend_edid(std::span<const std::byte> bytes, std::string& why) {
  if (bytes.size() < edid_block_size) {
    why = fmt::format("{} bytes are too few for an EDID", bytes.size());
    return std::nullopt;
  }
  if (header_score(bytes) < kHeaderScore) {
    why = "it does not begin as an EDID does";
    return std::nullopt;
  }
  MendedEdid edid = whole_blocks(bytes);
  mend_checksums(edid);
  mend_header(edid);
  static_cast<void>(mend_checksum(std::span{edid.bytes}.first(edid_block_size)));
  return edid;
}

std::vector<std::byte> base_block_only(const std::vector<std::byte>& edid) {
  std::vector<std::byte> base{edid.begin(), edid.begin() + edid_block_size};
  base[kExtensionCount] = std::byte{0};
  static_cast<void>(mend_checksum(base));
  return base;
}

std::vector<std::string> extension_names(std::span<const std::byte> edid) {
  std::vector<std::string> names;
  for (std::size_t at = edid_block_size; at < edid.size(); at += edid_block_size)
    names.push_back(extension_name(std::to_integer<std::uint8_t>(edid[at])));
  return names;
}

}  // namespace drmshow
