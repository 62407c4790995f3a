#include "drm-show/property.hpp"

#include <algorithm>

namespace drmshow {

std::optional<std::uint64_t> PropertyInfo::value_of(std::string_view entry) const {
  const auto found = std::ranges::find(entries, entry, &Entry::name);
  if (found == entries.end()) return std::nullopt;
  if (kind != PropertyKind::bitmask) return found->value;
  if (found->value >= 64)
    return std::nullopt;  // no such bit: a driver's slip, not ours to shift by
  return std::uint64_t{1} << found->value;
}

const Property* PropertySet::find(std::string_view name) const {
  const auto found = std::ranges::find_if(
      properties_, [&](const Property& property) { return property.info->name == name; });
  return found == properties_.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> PropertySet::value(std::string_view name) const {
  const Property* property = find(name);
  return property ? std::optional{property->value} : std::nullopt;
}

}  // namespace drmshow
