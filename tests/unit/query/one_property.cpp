#include "one_property.hpp"

#include <utility>

#include "drm/new_kernel.hpp"

namespace drmshow::test {
namespace {

constexpr BlobId kBlob{42};

Snapshot with_blob(const Bytes& bytes) {
  SnapshotData data;
  data.blobs[kBlob] = bytes;
  return Snapshot{std::move(data)};
}

}  // namespace

Bytes bytes_of_text(const std::string& text) {
  return bytes_of(std::vector<char>{text.begin(), text.end()});
}

PropertyInfo make_info(const std::string& name, PropertyKind kind,
                       std::vector<PropertyInfo::Entry> entries,
                       std::vector<std::uint64_t> limits) {
  PropertyInfo info;
  info.name = name;
  info.kind = kind;
  info.entries = std::move(entries);
  info.limits = std::move(limits);
  return info;
}

Decoded decoded(const PropertyInfo& info, std::uint64_t value) {
  return decode(Snapshot{{}}, {&info, value});
}

ValueText text_of(const PropertyInfo& info, std::uint64_t value) {
  return value_text(Snapshot{{}}, {&info, value});
}

Decoded decoded_blob(const std::string& name, const Bytes& bytes) {
  const PropertyInfo info = make_info(name, PropertyKind::blob);
  return decode(with_blob(bytes), {&info, kBlob.raw()});
}

ValueText text_of_blob(const std::string& name, const Bytes& bytes) {
  const PropertyInfo info = make_info(name, PropertyKind::blob);
  return value_text(with_blob(bytes), {&info, kBlob.raw()});
}

void PipelineBuilder::op(std::uint32_t id, PropertyInfo::Entry type, std::uint32_t next) {
  data_.colorops.push_back({id, {}});
  const std::uint64_t value = type.value;
  property(make_info("TYPE", PropertyKind::enumeration, {std::move(type)}), value);
  property(make_info("NEXT", PropertyKind::object, {}, {drm_mode_object_colorop}), next);
}

void PipelineBuilder::data(std::uint32_t blob, const Bytes& bytes) {
  data_.blobs[BlobId{blob}] = bytes;
  property(make_info("DATA", PropertyKind::blob), blob);
}

void PipelineBuilder::property(PropertyInfo info, std::uint64_t value) {
  PropertySet& set = data_.colorops.back().properties;
  std::vector<Property> properties{set.begin(), set.end()};
  properties.push_back({&data_.property_infos.emplace_back(std::move(info)), value});
  set = PropertySet{std::move(properties)};
}

}  // namespace drmshow::test
