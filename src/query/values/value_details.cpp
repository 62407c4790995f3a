// What decoded values say on several lines.
#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/printable.hpp"
#include "query/names.hpp"
#include "query/values/value_parts.hpp"

namespace drmshow {
namespace {

std::string format_names(const std::vector<Format>& formats) {
  std::vector<std::string> names;
  for (const Format format : formats) names.push_back(format_name(format));
  return fmt::format("{}", fmt::join(names, ", "));
}

/// Most modifiers go with all formats or with all but a few: that is what a reader wants to see.
std::string row_formats(const FormatTable& table, const FormatTable::Row& row) {
  if (row.formats.empty()) return "no format";
  // A row has at most 64 formats: in a longer list it leaves out too many to name.
  if (row.formats.size() * 3 < table.formats.size() * 2) return format_names(row.formats);
  std::vector<Format> missing;
  std::ranges::copy_if(table.formats, std::back_inserter(missing), [&](Format format) {
    return std::ranges::find(row.formats, format) == row.formats.end();
  });
  return missing.empty() ? "all formats" : "all but " + format_names(missing);
}

std::string flag_names(std::uint32_t flags) {
  static constexpr std::pair<std::uint32_t, std::string_view> names[] = {
      {DRM_MODE_FLAG_PHSYNC, "+hsync"},        {DRM_MODE_FLAG_NHSYNC, "-hsync"},
      {DRM_MODE_FLAG_PVSYNC, "+vsync"},        {DRM_MODE_FLAG_NVSYNC, "-vsync"},
      {DRM_MODE_FLAG_INTERLACE, "interlaced"}, {DRM_MODE_FLAG_DBLSCAN, "doublescan"},
      {DRM_MODE_FLAG_CSYNC, "csync"},          {DRM_MODE_FLAG_DBLCLK, "double clock"},
  };
  std::string text;
  for (const auto& [flag, name] : names)
    if ((flags & flag) != 0) text += fmt::format(" {}", name);
  return text;
}

/// What the list of operations says already. A colorop has no pipeline of its own: if one claims
/// to, following it might never end.
bool is_structure(std::string_view name) {
  return name == "TYPE" || name == "NEXT" || name == "COLOR_PIPELINE";
}

std::string property_text(const Snapshot& snapshot, const Property& property) {
  return fmt::format("{} = {}", printable(property.info->name),
                     value_text(snapshot, property).text);
}

}  // namespace

std::vector<std::string> mode_details(const Mode& mode) {
  const drm_mode_modeinfo& raw = mode.raw();
  return {fmt::format("clock: {} kHz", raw.clock),
          fmt::format("timings: {} {} {} {}, {} {} {} {}{}", raw.hdisplay, raw.hsync_start,
                      raw.hsync_end, raw.htotal, raw.vdisplay, raw.vsync_start, raw.vsync_end,
                      raw.vtotal, flag_names(raw.flags))};
}

std::vector<std::string> table_details(const FormatTable& table) {
  std::vector<std::string> lines{"formats: " + format_names(table.formats)};
  for (const auto& row : table.rows)
    lines.push_back(fmt::format("{}: {}", to_string(row.modifier), row_formats(table, row)));
  if (!table.problem.empty()) lines.push_back("damaged: " + table.problem);
  return lines;
}

std::vector<std::string> matrix_details(const ColourMatrix& matrix) {
  std::vector<std::string> lines;
  const std::size_t columns = matrix.values.size() / 3;
  for (std::size_t row = 0; row < 3; ++row) {
    const auto* const first = matrix.values.data() + row * columns;
    lines.push_back(fmt::format("{:9.5f}", fmt::join(first, first + columns, " ")));
  }
  return lines;
}

std::vector<std::string> lut_details(const LutSummary& lut) {
  return {fmt::format("first: {}", fmt::join(lut.first, " ")),
          fmt::format("last: {}", fmt::join(lut.last, " "))};
}

std::string primaries_text(const ColourPrimaries& primaries) {
  const auto point = [](std::string_view name, Chromaticity at) {
    return fmt::format("{} {:.3f} {:.3f}", name, at.x, at.y);
  };
  std::string text = fmt::format("{}, {}, {}", point("red", primaries.red),
                                 point("green", primaries.green), point("blue", primaries.blue));
  if (primaries.white.x > 0) text += ", " + point("white", primaries.white);
  return text;
}

std::vector<std::string> hdr_details(const HdrOutputMetadata& hdr) {
  return {fmt::format("mastering display: {:.4f} to {:.0f} cd/m2", hdr.min_luminance,
                      hdr.max_luminance),
          "primaries: " + primaries_text(hdr.primaries),
          fmt::format("content: up to {} cd/m2, frames up to {} cd/m2 on average",
                      hdr.max_content_light_level, hdr.max_frame_average_light_level)};
}

std::string colorop_type(const Snapshot& snapshot, std::uint32_t id) {
  const Colorop* op = snapshot.find_colorop(id);
  const Property* type = op ? op->properties.find("TYPE") : nullptr;
  return type ? value_text(snapshot, *type).text : fmt::format("colorop {}", id);
}

std::vector<std::string> pipeline_details(const Snapshot& snapshot,
                                          const ColourPipeline& pipeline) {
  std::vector<std::string> lines;
  for (const std::uint32_t id : pipeline.colorops) {
    std::vector<std::string> parts;
    if (const Colorop* op = snapshot.find_colorop(id))
      for (const Property& property : op->properties)
        if (!is_structure(property.info->name)) parts.push_back(property_text(snapshot, property));
    lines.push_back(fmt::format("colorop {}, {}{}{}", id, colorop_type(snapshot, id),
                                parts.empty() ? "" : ": ", fmt::join(parts, ", ")));
  }
  return lines;
}

std::vector<std::string> hex_dump(std::span<const std::byte> bytes) {
  constexpr std::size_t kPerLine = 16;
  constexpr std::size_t kLines = 16;
  std::vector<std::string> lines;
  while (!bytes.empty() && lines.size() < kLines) {
    const auto line = bytes.first(std::min(kPerLine, bytes.size()));
    std::string text;
    for (const std::byte byte : line)
      text += fmt::format("{}{:02x}", text.empty() ? "" : " ", std::to_integer<unsigned>(byte));
    lines.push_back(std::move(text));
    bytes = bytes.subspan(line.size());
  }
  if (!bytes.empty())
    lines.push_back(fmt::format("… {} more byte{}", bytes.size(), bytes.size() == 1 ? "" : "s"));
  return lines;
}

}  // namespace drmshow
