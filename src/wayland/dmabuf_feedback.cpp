#include "wayland/dmabuf_feedback.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <sys/sysmacros.h>

#include "base/load.hpp"
#include "drm/modifier_rank.hpp"

namespace drmshow {
namespace {

/// Of zwp_linux_dmabuf_feedback_v1.format_table: a fourcc, 4 bytes of padding, a modifier.
constexpr std::size_t table_entry_bytes = 16;
constexpr std::size_t table_modifier_at = 8;
constexpr std::size_t most_table_entries = 65536;  // indices have 16 bits
/// Compositors have one for each device that they know, and for each of its planes at the most.
constexpr std::size_t most_tranches = 256;
/// How much of a tranche is looked at: every entry of the table, and then some.
constexpr std::size_t most_tranche_pairs = 2 * most_table_entries;
/// Of zwp_linux_dmabuf_feedback_v1.tranche_flags.
constexpr std::uint32_t scanout_flag = 1;

/// Of all displays and GPUs (include/uapi/drm in Linux: DRM_MAJOR).
constexpr unsigned drm_major = 226;

std::optional<dev_t> device_of(std::span<const std::byte> bytes) {
  if (bytes.size() != sizeof(dev_t)) return std::nullopt;
  return load<dev_t>(bytes);
}

void append_formats(std::vector<FormatAndModifier>& pairs, const PlaneFormats& formats) {
  for (const FormatModifiers& row : formats) {
    if (row.modifiers.empty()) pairs.push_back({row.format, modifiers::invalid});
    for (const Modifier modifier : row.modifiers) pairs.push_back({row.format, modifier});
  }
}

}  // namespace

std::vector<FormatAndModifier> parse_dmabuf_table(std::span<const std::byte> table) {
  const auto count = std::min(table.size() / table_entry_bytes, most_table_entries);
  std::vector<FormatAndModifier> pairs;
  pairs.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = i * table_entry_bytes;
    pairs.push_back({Format{load<std::uint32_t>(table, at)},
                     Modifier{load<std::uint64_t>(table, at + table_modifier_at)}});
  }
  return pairs;
}

PlaneFormats gather_formats(std::span<const FormatAndModifier> pairs) {
  PlaneFormats formats;
  std::map<Format, std::size_t> rows;  // where they are in `formats`
  std::set<FormatAndModifier> seen;
  for (const FormatAndModifier& pair : pairs) {
    const auto [row, first] = rows.try_emplace(pair.format, formats.size());
    if (first) formats.push_back({pair.format, {}});
    if (seen.insert(pair).second) formats[row->second].modifiers.push_back(pair.modifier);
  }
  for (FormatModifiers& row : formats) {
    if (row.modifiers == std::vector{modifiers::invalid}) row.modifiers.clear();
  }
  return formats;
}

PlaneFormats DmabufFeedback::all_formats() const {
  std::vector<FormatAndModifier> pairs;
  for (const DmabufTranche& tranche : tranches) append_formats(pairs, tranche.formats);
  return gather_formats(pairs);
}

void DmabufFeedbackReader::note(std::string problem) {
  if (feedback_.problem.empty()) feedback_.problem = std::move(problem);
}

void DmabufFeedbackReader::table(std::span<const std::byte> table) {
  if (table.size() % table_entry_bytes != 0) {
    note(fmt::format("the table of formats has {} bytes, which is no whole number of entries",
                     table.size()));
  }
  table_ = parse_dmabuf_table(table);
}

void DmabufFeedbackReader::main_device(std::span<const std::byte> device) {
  const auto number = device_of(device);
  if (!number) return note(fmt::format("the main device has {} bytes", device.size()));
  if (*number != 0 && major(*number) != drm_major) {
    return note(fmt::format("the main device {}:{} is no display and no GPU", major(*number),
                            minor(*number)));
  }
  feedback_.main_device = *number;
}

void DmabufFeedbackReader::tranche_target_device(std::span<const std::byte> device) {
  const auto number = device_of(device);
  if (!number) return note(fmt::format("a tranche's device has {} bytes", device.size()));
  tranche_.device = *number;
}

void DmabufFeedbackReader::tranche_formats(std::span<const std::byte> indices) {
  for (std::size_t at = 0; at + sizeof(std::uint16_t) <= indices.size();
       at += sizeof(std::uint16_t)) {
    const auto index = load<std::uint16_t>(indices, at);
    if (pairs_.size() == most_tranche_pairs) return note("a tranche does not end");
    if (index < table_.size()) {
      pairs_.push_back(table_[index]);
    } else {
      note(fmt::format("a tranche names entry {} of a table of {}", index, table_.size()));
    }
  }
}

void DmabufFeedbackReader::tranche_flags(std::uint32_t flags) {
  tranche_.scanout = (flags & scanout_flag) != 0;
}

void DmabufFeedbackReader::tranche_done() {
  tranche_.formats = gather_formats(pairs_);
  if (feedback_.tranches.size() == most_tranches) {
    note(fmt::format("there are more than {} tranches", most_tranches));
  } else if (!tranche_.formats.empty()) {
    feedback_.tranches.push_back(std::move(tranche_));
  }
  tranche_ = {};
  pairs_.clear();
}

DmabufFeedback DmabufFeedbackReader::done() {
  tranche_ = {};  // one that did not end
  pairs_.clear();
  if (feedback_.tranches.empty()) note("there are no formats in it");
  return std::exchange(feedback_, {});
}

}  // namespace drmshow
