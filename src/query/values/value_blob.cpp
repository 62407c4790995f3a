// What decoded values say on one line.
#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/printable.hpp"
#include "query/object_ref.hpp"
#include "query/values/value_parts.hpp"

namespace drmshow {
namespace {

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string table_text(const FormatTable& table) {
  std::vector<Modifier> modifiers;
  for (const auto& row : table.rows) modifiers.push_back(row.modifier);
  std::ranges::sort(modifiers);
  modifiers.erase(std::unique(modifiers.begin(), modifiers.end()), modifiers.end());
  return counted(table.formats.size(), "format") + ", " + counted(modifiers.size(), "modifier") +
         (table.problem.empty() ? "" : ", damaged");
}

std::string lut_text(const LutSummary& lut) {
  const std::string_view shape = lut.linear      ? "linear"
                                 : lut.monotonic ? "rising"
                                                 : "rising and falling";
  return fmt::format("{} {}, {}", lut.entries, lut.entries == 1 ? "entry" : "entries", shape);
}

bool is_identity(const ColourMatrix& matrix) {
  const std::size_t columns = matrix.values.size() / 3;
  for (std::size_t i = 0; i < matrix.values.size(); ++i)
    if (matrix.values[i] != (i / columns == i % columns ? 1 : 0)) return false;
  return true;
}

std::string matrix_text(const ColourMatrix& matrix) {
  return is_identity(matrix) ? "identity" : fmt::format("3x{} matrix", matrix.values.size() / 3);
}

// CTA-861-G table 45: Electro-Optical Transfer Function.
constexpr std::string_view eotf_names[] = {"SDR", "traditional HDR", "PQ", "HLG"};

std::string hdr_text(const HdrOutputMetadata& hdr) {
  std::string text = hdr.eotf < std::size(eotf_names) ? std::string{eotf_names[hdr.eotf]}
                                                      : fmt::format("EOTF {}", hdr.eotf);
  if (hdr.max_luminance > 0) text += fmt::format(", {:.0f} cd/m2", hdr.max_luminance);
  return text;
}

std::string tile_text(const TileInfo& tile) {
  return fmt::format("tile {},{} of {}x{}, {}x{}", tile.location.x, tile.location.y,
                     tile.tiles.width, tile.tiles.height, tile.size.width, tile.size.height);
}

std::string sizes_text(const SizeHints& hints) {
  std::vector<std::string> sizes;
  for (const Size size : hints.sizes)
    sizes.push_back(fmt::format("{}x{}", size.width, size.height));
  return sizes.empty() ? "no sizes" : fmt::format("{}", fmt::join(sizes, ", "));
}

std::string pipeline_text(const Snapshot& snapshot, const ColourPipeline& pipeline) {
  std::vector<std::string> types;
  for (const std::uint32_t id : pipeline.colorops) types.push_back(colorop_type(snapshot, id));
  return fmt::format("{}", fmt::join(types, " → "));
}

struct ToText {
  const Snapshot& snapshot;

  ValueText operator()(std::monostate) const { return {}; }
  ValueText operator()(const BadBlob&) const { return {}; }
  ValueText operator()(Fixed16_16 number) const { return {fixed_text(number.value()), {}}; }
  ValueText operator()(const Mode& mode) const { return {to_string(mode), mode_details(mode)}; }
  ValueText operator()(const EdidInfo& edid) const {
    return {monitor_name(edid), edid_details(edid)};
  }
  ValueText operator()(const FormatTable& table) const {
    return {table_text(table), table_details(table)};
  }
  ValueText operator()(const FormatList& list) const {
    ValueText text{counted(list.formats.size(), "format"), {}};
    for (const Format format : list.formats) text.details.push_back(to_string(format));
    return text;
  }
  ValueText operator()(const ColourMatrix& matrix) const {
    return {matrix_text(matrix), matrix_details(matrix)};
  }
  ValueText operator()(const LutSummary& lut) const { return {lut_text(lut), lut_details(lut)}; }
  ValueText operator()(const HdrOutputMetadata& hdr) const {
    return {hdr_text(hdr), hdr_details(hdr)};
  }
  ValueText operator()(const TileInfo& tile) const {
    return {tile_text(tile),
            {fmt::format("group {}{}", tile.group,
                         tile.single_monitor ? ", all tiles in one housing" : "")}};
  }
  ValueText operator()(const SizeHints& hints) const { return {sizes_text(hints), {}}; }
  /// A bypassed pipeline has a name of its own among the property's entries.
  ValueText operator()(const ColourPipeline& pipeline) const {
    return {pipeline_text(snapshot, pipeline), pipeline_details(snapshot, pipeline)};
  }
  ValueText operator()(const ObjectReference& object) const {
    if (object.id == 0) return {"none", {}};
    return {fmt::format("{} {}", kind_word(object.kind), object.id), {}};
  }
  ValueText operator()(const BlobText& text) const {
    return {text.text.empty() ? "empty text" : printable(text.text), {}};
  }
};

}  // namespace

ValueText decoded_text(const Snapshot& snapshot, const Decoded& decoded) {
  return std::visit(ToText{snapshot}, decoded);
}

std::string kind_word(ObjectKind kind) {
  if (kind == ObjectKind::crtc) return "CRTC";
  if (kind == ObjectKind::framebuffer) return "framebuffer";
  return std::string{kind_name(kind)};
}

std::string fixed_text(double value) {
  std::string text = fmt::format("{:.5f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace drmshow
