#include "query/values/value.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <iterator>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/printable.hpp"
#include "query/values/decode_parts.hpp"
#include "query/values/decoded.hpp"
#include "query/values/value_parts.hpp"

namespace drmshow {
namespace {

/// What it means can be in the bits: a pointer, a fixed-point number, flags.
std::string number_text(std::uint64_t value) {
  return value > UINT32_MAX ? fmt::format("{} ({:#x})", value, value) : std::to_string(value);
}

/// alpha: 0 to 0xffff (kernel doc, "Plane Composition Properties").
std::string alpha_text(std::uint64_t value) {
  constexpr std::uint64_t kOpaque = 0xffff;
  if (value == kOpaque) return fmt::format("{} (opaque)", value);
  return fmt::format("{} ({:.1f}%)", value, static_cast<double>(value) * 100 / kOpaque);
}

/// MULTIPLIER of a colorop: S31.32, sign-magnitude as in matrices (drm_mode.h).
std::string multiplier_text(std::uint64_t value) {
  constexpr std::uint64_t kSign = 1ull << 63;
  const double magnitude = static_cast<double>(value & ~kSign) / 4294967296.0;
  return fmt::format("{}{} ({:#x})", (value & kSign) != 0 ? "-" : "", fixed_text(magnitude), value);
}

std::string range_text(const Property& property) {
  if (property.info->name == "alpha") return alpha_text(property.value);
  if (property.info->name == "MULTIPLIER") return multiplier_text(property.value);
  return number_text(property.value);
}

std::string entry_text(const PropertyInfo& info, std::uint64_t value) {
  const auto found = std::ranges::find(info.entries, value, &PropertyInfo::Entry::value);
  if (found == info.entries.end()) return fmt::format("{} (not one of its values)", value);
  return found->name.empty() ? std::to_string(value) : printable(found->name);
}

std::string bit_text(const PropertyInfo& info, unsigned bit) {
  const auto found = std::ranges::find(info.entries, bit, &PropertyInfo::Entry::value);
  return found == info.entries.end() || found->name.empty() ? fmt::format("bit {}", bit)
                                                            : printable(found->name);
}

std::string bitmask_text(const PropertyInfo& info, std::uint64_t value) {
  if (value == 0) return "none";
  std::vector<std::string> names;
  for (std::uint64_t left = value; left != 0; left &= left - 1)
    names.push_back(bit_text(info, static_cast<unsigned>(std::countr_zero(left))));
  return fmt::format("{}", fmt::join(names, "|"));
}

ValueText raw_blob_text(const Snapshot& snapshot, std::uint64_t id) {
  const auto bytes =
      id <= UINT32_MAX ? snapshot.blob(BlobId{static_cast<std::uint32_t>(id)}) : std::nullopt;
  if (!bytes) return {fmt::format("blob {}, contents not known", id), {}};
  return {fmt::format("blob {}, {} bytes", id, bytes->size()), hex_dump(*bytes)};
}

ValueText blob_text(const Snapshot& snapshot, const Property& property) {
  if (property.value == 0) return {"none", {}};
  const Decoded decoded = decode(snapshot, property);
  if (ValueText text = decoded_text(snapshot, decoded); !text.text.empty()) return text;
  ValueText raw = raw_blob_text(snapshot, property.value);
  if (const auto* bad = std::get_if<BadBlob>(&decoded))
    raw.text += ", damaged: " + printable(bad->why);
  return raw;
}

ValueText object_text(const Snapshot& snapshot, const Property& property) {
  if (property.value == 0) return {"none", {}};
  ValueText text = decoded_text(snapshot, decode(snapshot, property));
  if (text.text.empty()) text.text = fmt::format("object {}", property.value);
  return text;
}

ValueText enumeration_text(const Snapshot& snapshot, const Property& property) {
  ValueText text = decoded_text(snapshot, decode(snapshot, property));
  if (text.text.empty()) text.text = entry_text(*property.info, property.value);
  return text;
}

std::string entry_names(const PropertyInfo& info) {
  std::vector<std::string> names;
  for (const auto& entry : info.entries)
    names.push_back(entry.name.empty() ? std::to_string(entry.value) : printable(entry.name));
  return fmt::format("{{{}}}", fmt::join(names, ", "));
}

std::string limits_text(const PropertyInfo& info) {
  if (info.limits.size() < 2) return {};
  if (info.kind == PropertyKind::signed_range)
    return fmt::format(" [{}, {}]", static_cast<std::int64_t>(info.limits[0]),
                       static_cast<std::int64_t>(info.limits[1]));
  return fmt::format(" [{}, {}]", info.limits[0], info.limits[1]);
}

std::string object_type_text(const PropertyInfo& info) {
  const auto kind = referenced_kind(info);
  return kind ? "object " + kind_word(*kind) : "object";
}

std::string kind_text(const PropertyInfo& info) {
  switch (info.kind) {
    case PropertyKind::range:
      return "range" + limits_text(info);
    case PropertyKind::signed_range:
      return "signed range" + limits_text(info);
    case PropertyKind::enumeration:
      return "enum " + entry_names(info);
    case PropertyKind::bitmask:
      return "bitmask " + entry_names(info);
    case PropertyKind::blob:
      return "blob";
    case PropertyKind::object:
      return object_type_text(info);
    case PropertyKind::unknown:
      break;
  }
  return fmt::format("unknown kind (flags {:#x})", info.flags);
}

}  // namespace

ValueText value_text(const Snapshot& snapshot, const Property& property) {
  switch (property.info->kind) {
    case PropertyKind::range: {
      ValueText text = decoded_text(snapshot, decode(snapshot, property));
      if (text.text.empty()) text.text = range_text(property);
      return text;
    }
    case PropertyKind::signed_range:
      return {std::to_string(static_cast<std::int64_t>(property.value)), {}};
    case PropertyKind::enumeration:
      return enumeration_text(snapshot, property);
    case PropertyKind::bitmask:
      return {bitmask_text(*property.info, property.value), {}};
    case PropertyKind::blob:
      return blob_text(snapshot, property);
    case PropertyKind::object:
      return object_text(snapshot, property);
    case PropertyKind::unknown:
      break;
  }
  return {fmt::format("{:#x}", property.value), {}};
}

std::string domain_text(const PropertyInfo& info) {
  return (info.immutable ? "immutable " : "") + kind_text(info);
}

}  // namespace drmshow
