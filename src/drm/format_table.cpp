#include "drm/format_table.hpp"

#include <algorithm>
#include <utility>

#include <drm_mode.h>
#include <fmt/format.h>

#include "base/load.hpp"

namespace drmshow {
namespace {

void note(FormatTable& table, std::string problem) {
  if (table.problem.empty()) table.problem = std::move(problem);
}

void read_formats(FormatTable& table, std::span<const std::byte> blob,
                  const drm_format_modifier_blob& header) {
  if (!fits(blob, header.formats_offset, header.count_formats, sizeof(std::uint32_t)))
    return note(table, "the formats lie beyond the blob's end");
  table.formats.reserve(header.count_formats);
  for (std::size_t i = 0; i < header.count_formats; ++i)
    table.formats.emplace_back(
        load<std::uint32_t>(blob, header.formats_offset + i * sizeof(std::uint32_t)));
}

FormatTable::Row make_row(FormatTable& table, const drm_format_modifier& raw) {
  FormatTable::Row row{Modifier{raw.modifier}, {}};
  for (unsigned bit = 0; bit < 64; ++bit) {
    if ((raw.formats & 1ull << bit) == 0) continue;
    const std::uint64_t index = std::uint64_t{raw.offset} + bit;
    if (index < table.formats.size())
      row.formats.push_back(table.formats[static_cast<std::size_t>(index)]);
    else
      note(table,
           fmt::format("a modifier names format {} of a list of {}", index, table.formats.size()));
  }
  return row;
}

void read_rows(FormatTable& table, std::span<const std::byte> blob,
               const drm_format_modifier_blob& header) {
  if (!fits(blob, header.modifiers_offset, header.count_modifiers, sizeof(drm_format_modifier)))
    return note(table, "the modifiers lie beyond the blob's end");
  table.rows.reserve(header.count_modifiers);
  for (std::size_t i = 0; i < header.count_modifiers; ++i)
    table.rows.push_back(
        make_row(table, load<drm_format_modifier>(
                            blob, header.modifiers_offset + i * sizeof(drm_format_modifier))));
}

}  // namespace

bool FormatTable::supports(Format format, Modifier modifier) const {
  return std::ranges::any_of(rows, [&](const Row& row) {
    return row.modifier == modifier && std::ranges::find(row.formats, format) != row.formats.end();
  });
}

FormatTable parse_format_table(std::span<const std::byte> blob) {
  FormatTable table;
  if (blob.size() < sizeof(drm_format_modifier_blob)) {
    note(table, "the blob is too short for its header");
    return table;
  }
  const auto header = load<drm_format_modifier_blob>(blob);
  if (header.version != FORMAT_BLOB_CURRENT) {
    note(table, fmt::format("version {} of the blob is not known", header.version));
    return table;
  }
  read_formats(table, blob, header);
  read_rows(table, blob, header);
  return table;
}

}  // namespace drmshow
