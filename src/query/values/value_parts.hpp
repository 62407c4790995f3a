// The parts of value_text(): what decoded values say, on one line and on several. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "query/values/decoded.hpp"
#include "query/values/value.hpp"

namespace drmshow {

/// Empty if `decoded` has no text of its own (monostate).
ValueText decoded_text(const Snapshot& snapshot, const Decoded& decoded);

/// For sentences, where kind_name() is for paths: "CRTC", "framebuffer", …
std::string kind_word(ObjectKind kind);

/// "1920", "1920.5": at most five digits after the point.
std::string fixed_text(double value);

std::vector<std::string> mode_details(const Mode& mode);
std::vector<std::string> table_details(const FormatTable& table);
std::vector<std::string> matrix_details(const ColourMatrix& matrix);
std::vector<std::string> lut_details(const LutSummary& lut);
std::vector<std::string> hdr_details(const HdrOutputMetadata& hdr);
std::vector<std::string> pipeline_details(const Snapshot& snapshot, const ColourPipeline& pipeline);
std::vector<std::string> edid_details(const EdidInfo& edid);

/// "red 0.680 0.310, green …"
std::string primaries_text(const ColourPrimaries& primaries);

/// The operation's TYPE: "3x4 Matrix".
std::string colorop_type(const Snapshot& snapshot, std::uint32_t id);

/// 16 bytes a line, at most 16 lines and one that says how much is left out.
std::vector<std::string> hex_dump(std::span<const std::byte> bytes);

}  // namespace drmshow
