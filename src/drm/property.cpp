#include "drm-show/property.hpp"

#include <algorithm>

#include <drm_mode.h>

namespace drmshow {

// The old kinds are one bit each, the newer ones numbers in a field of their own (drm_mode.h).
PropertyKind property_kind(std::uint32_t flags) {
  switch (flags & (DRM_MODE_PROP_LEGACY_TYPE | DRM_MODE_PROP_EXTENDED_TYPE)) {
    case DRM_MODE_PROP_RANGE:
      return PropertyKind::range;
    case DRM_MODE_PROP_SIGNED_RANGE:
      return PropertyKind::signed_range;
    case DRM_MODE_PROP_ENUM:
      return PropertyKind::enumeration;
    case DRM_MODE_PROP_BITMASK:
      return PropertyKind::bitmask;
    case DRM_MODE_PROP_BLOB:
      return PropertyKind::blob;
    case DRM_MODE_PROP_OBJECT:
      return PropertyKind::object;
    default:
      return PropertyKind::unknown;
  }
}

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
