// The blocks that an EDID is made of: 128 bytes each, the sum of which is 0 modulo 256 (VESA E-EDID
// 1.4, section 2). Pure.
//
// libdisplay-info gives up on an EDID with a wrong header or checksum. Monitors with such EDIDs
// work: the kernel mends or tolerates them, and people look at them to find out what is wrong. So
// what is given to the library is a mended copy, with a complaint for each thing that was mended.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace drmshow {

inline constexpr std::size_t edid_block_size = 128;

struct MendedEdid {
  std::vector<std::byte> bytes;  ///< whole blocks, at least one, at most 256; checksums right
  std::vector<std::string> complaints;
};

/// nullopt, with the reason in `why`, if these bytes are no EDID.
std::optional<MendedEdid> mend_edid(std::span<const std::byte> bytes, std::string& why);

/// The base block alone, announcing no extensions.
std::vector<std::byte> base_block_only(const std::vector<std::byte>& edid);

/// What the blocks after the first one are: "CTA-861", "DisplayID", …
std::vector<std::string> extension_names(std::span<const std::byte> edid);

}  // namespace drmshow
