#include "snapshot_builder.hpp"

#include <algorithm>
#include <cstdio>

#include <drm_mode.h>

namespace drmshow::test {
namespace {

constexpr const char* plane_properties[] = {"CRTC_ID", "FB_ID", "SRC_X",  "SRC_Y",
                                            "SRC_W",   "SRC_H", "CRTC_W", "CRTC_H"};

}  // namespace

Mode make_mode(int width, int height, int clock_khz, int htotal, int vtotal, std::uint32_t flags,
               std::uint32_t type) {
  drm_mode_modeinfo raw{};
  raw.clock = static_cast<std::uint32_t>(clock_khz);
  raw.hdisplay = static_cast<std::uint16_t>(width);
  raw.vdisplay = static_cast<std::uint16_t>(height);
  raw.htotal = static_cast<std::uint16_t>(htotal);
  raw.vtotal = static_cast<std::uint16_t>(vtotal);
  raw.flags = flags;
  raw.type = type;
  std::snprintf(raw.name, sizeof raw.name, "%dx%d", width, height);
  return Mode{raw};
}

Mode default_mode() {
  return make_mode(1024, 768, 65000, 1344, 806, 0, DRM_MODE_TYPE_PREFERRED);
}

std::uint32_t property_flags(PropertyKind kind) {
  switch (kind) {
    case PropertyKind::range:
      return DRM_MODE_PROP_RANGE;
    case PropertyKind::signed_range:
      return DRM_MODE_PROP_SIGNED_RANGE;
    case PropertyKind::enumeration:
      return DRM_MODE_PROP_ENUM;
    case PropertyKind::bitmask:
      return DRM_MODE_PROP_BITMASK;
    case PropertyKind::blob:
      return DRM_MODE_PROP_BLOB;
    case PropertyKind::object:
      return DRM_MODE_PROP_OBJECT;
    case PropertyKind::unknown:
      break;
  }
  return 0;
}

std::size_t SnapshotBuilder::crtc() {
  Crtc crtc;
  crtc.id = CrtcId{next_id()};
  crtc.index = CrtcIndex{static_cast<unsigned>(data.crtcs.size())};
  property(crtc, "ACTIVE", 0);
  property(crtc, "MODE_ID", 0, PropertyKind::blob);
  data.crtcs.push_back(std::move(crtc));
  return data.crtcs.size() - 1;
}

std::size_t SnapshotBuilder::encoder(std::uint32_t possible_crtcs) {
  data.encoders.push_back({EncoderId{next_id()}, 0, {}, {possible_crtcs}, 0});
  return data.encoders.size() - 1;
}

std::size_t SnapshotBuilder::connector(std::initializer_list<std::size_t> encoders,
                                       Connection connection, std::string type) {
  Connector connector;
  connector.id = ConnectorId{next_id()};
  connector.name = type + "-" + std::to_string(data.connectors.size() + 1);
  connector.connection = connection;
  if (connection == Connection::connected) connector.modes = {default_mode()};
  for (const std::size_t encoder : encoders)
    connector.encoders.push_back(data.encoders[encoder].id);
  property(connector, "CRTC_ID", 0, PropertyKind::object);
  data.connectors.push_back(std::move(connector));
  return data.connectors.size() - 1;
}

std::size_t SnapshotBuilder::plane(PlaneType type, std::uint32_t possible_crtcs,
                                   std::vector<Format> formats) {
  Plane plane;
  plane.id = PlaneId{next_id()};
  plane.type = type;
  plane.possible_crtcs = {possible_crtcs};
  plane.formats = std::move(formats);
  for (const char* name : plane_properties) property(plane, name, 0);
  for (const char* name : {"CRTC_X", "CRTC_Y"}) {
    property(plane, name, 0, PropertyKind::signed_range);
  }
  data.planes.push_back(std::move(plane));
  return data.planes.size() - 1;
}

void SnapshotBuilder::simple_output() {
  const std::size_t index = crtc();
  plane(PlaneType::primary, 1u << index);
  connector({encoder(1u << index)});
}

void SnapshotBuilder::light(std::size_t connector_at, std::size_t encoder_at, std::size_t crtc_at,
                            std::size_t plane_at) {
  Connector& connector = data.connectors[connector_at];
  Crtc& crtc = data.crtcs[crtc_at];
  Plane& plane = data.planes[plane_at];
  const std::uint32_t fb = next_id();
  const BlobId mode_blob{next_id()};
  data.encoders[encoder_at].crtc = crtc.id;
  connector.encoder = data.encoders[encoder_at].id;
  property(connector, "CRTC_ID", crtc.id.raw(), PropertyKind::object);
  crtc.mode = default_mode();
  crtc.fb = FramebufferId{fb};
  property(crtc, "ACTIVE", 1);
  property(crtc, "MODE_ID", mode_blob.raw(), PropertyKind::blob);
  const auto* bytes = reinterpret_cast<const std::byte*>(&crtc.mode->raw());
  data.blobs[mode_blob] = {bytes, bytes + sizeof(drm_mode_modeinfo)};
  plane.crtc = crtc.id;
  plane.fb = FramebufferId{fb};
  property(plane, "CRTC_ID", crtc.id.raw());
  property(plane, "FB_ID", fb);
}

const PropertyInfo* SnapshotBuilder::info_for(const std::string& name, PropertyKind kind) {
  const auto found = std::ranges::find(data.property_infos, name, &PropertyInfo::name);
  if (found != data.property_infos.end()) return &*found;
  PropertyInfo info;
  info.id = PropertyId{1000 + static_cast<std::uint32_t>(data.property_infos.size())};
  info.name = name;
  info.kind = kind;
  info.flags = property_flags(kind);
  return &data.property_infos.emplace_back(std::move(info));
}

PropertyInfo& SnapshotBuilder::info(const std::string& name) {
  return *std::ranges::find(data.property_infos, name, &PropertyInfo::name);
}

void SnapshotBuilder::set_property(PropertySet& set, const std::string& name, std::uint64_t value,
                                   PropertyKind kind) {
  std::vector<Property> properties{set.begin(), set.end()};
  const PropertyInfo* info = info_for(name, kind);
  std::erase_if(properties, [&](const Property& property) { return property.info == info; });
  properties.push_back({info, value});
  set = PropertySet{std::move(properties)};
}

void SnapshotBuilder::property(Connector& object, const std::string& name, std::uint64_t value,
                               PropertyKind kind) {
  set_property(object.properties, name, value, kind);
}
void SnapshotBuilder::property(Crtc& object, const std::string& name, std::uint64_t value,
                               PropertyKind kind) {
  set_property(object.properties, name, value, kind);
}
void SnapshotBuilder::property(Plane& object, const std::string& name, std::uint64_t value,
                               PropertyKind kind) {
  set_property(object.properties, name, value, kind);
}

Snapshot SnapshotBuilder::build() {
  return Snapshot{std::move(data)};
}

}  // namespace drmshow::test
