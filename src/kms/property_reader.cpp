#include "kms/property_reader.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <xf86drm.h>
#include <xf86drmMode.h>

#include "drm/drm_ptr.hpp"
#include "drm/ioctl.hpp"

namespace drmshow {
namespace {

// Kernel names are char arrays that need not end in a zero.
template <std::size_t size>
std::string fixed_text(const char (&text)[size]) {
  return {text, strnlen(text, size)};
}

PropertyInfo describe(const drmModePropertyRes& raw) {
  PropertyInfo info;
  info.id = PropertyId{raw.prop_id};
  info.name = fixed_text(raw.name);
  info.flags = raw.flags;
  info.kind = property_kind(raw.flags);
  info.immutable = (raw.flags & DRM_MODE_PROP_IMMUTABLE) != 0;
  info.limits.assign(raw.values, raw.values + raw.count_values);
  for (int i = 0; i < raw.count_enums; ++i) {
    info.entries.push_back({raw.enums[i].value, fixed_text(raw.enums[i].name)});
  }
  return info;
}

}  // namespace

void PropertyReader::expect_vanished(ObjectKind kind, std::uint32_t id, const char* what) {
  const int errnum = errno;
  if (errnum != ENOENT) {
    throw_read_error(target_.label, std::string{"cannot read "} + what, errnum);
  }
  data_.vanished.push_back({kind, id});
}

PropertySet PropertyReader::read(std::uint32_t object, std::uint32_t object_type, ObjectKind kind) {
  const ObjectPropertiesPtr raw{drmModeObjectGetProperties(target_.fd, object, object_type)};
  if (!raw) {
    if (errno != EINVAL) expect_vanished(kind, object, "properties");  // EINVAL: has none
    return PropertySet{};
  }
  std::vector<Property> properties;
  for (std::uint32_t i = 0; i < raw->count_props; ++i) {
    const PropertyInfo* known = info(raw->props[i]);
    if (!known) continue;
    properties.push_back({known, raw->prop_values[i]});
    if (known->kind == PropertyKind::blob) read_blob(raw->prop_values[i]);
  }
  return PropertySet{std::move(properties)};
}

const PropertyInfo* PropertyReader::info(std::uint32_t id) {
  if (const auto known = infos_.find(id); known != infos_.end()) return known->second;
  const PropertyPtr raw{drmModeGetProperty(target_.fd, id)};
  if (!raw) {
    expect_vanished(ObjectKind::property, id, "a property");
    return nullptr;
  }
  return infos_[id] = &data_.property_infos.emplace_back(describe(*raw));
}

void PropertyReader::read_blob(std::uint64_t value) {
  const BlobId id{static_cast<std::uint32_t>(value)};
  if (!id || data_.blobs.contains(id)) return;
  const PropertyBlobPtr raw{drmModeGetPropertyBlob(target_.fd, id.raw())};
  if (!raw) return expect_vanished(ObjectKind::blob, id.raw(), "a property blob");
  const auto* bytes = static_cast<const std::byte*>(raw->data);
  data_.blobs.emplace(id, std::vector<std::byte>{bytes, bytes + raw->length});
}

}  // namespace drmshow
