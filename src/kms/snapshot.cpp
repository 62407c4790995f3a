#include "drm-show/snapshot.hpp"

#include <algorithm>

#include <xf86drmMode.h>

namespace drmshow {
namespace {

template <class Range, class Id>
auto find_by_id(const Range& objects, Id id) -> const typename Range::value_type* {
  const auto found =
      std::ranges::find_if(objects, [id](const auto& object) { return object.id == id; });
  return found == objects.end() ? nullptr : &*found;
}

}  // namespace

PlaneType plane_type(const PropertySet& properties) {
  switch (properties.value("type").value_or(DRM_PLANE_TYPE_OVERLAY)) {
    case DRM_PLANE_TYPE_PRIMARY:
      return PlaneType::primary;
    case DRM_PLANE_TYPE_CURSOR:
      return PlaneType::cursor;
    default:
      return PlaneType::overlay;
  }
}

bool Plane::supports(Format format) const {
  return std::ranges::find(formats, format) != formats.end();
}

bool Connector::is_writeback() const {
  return type == DRM_MODE_CONNECTOR_WRITEBACK;
}

Snapshot::Snapshot(SnapshotData data) : data_{std::move(data)} {}

Snapshot::~Snapshot() = default;

const Connector* Snapshot::find(ConnectorId id) const {
  return find_by_id(data_.connectors, id);
}

const Connector* Snapshot::find_connector(std::string_view name) const {
  const auto found = std::ranges::find(data_.connectors, name, &Connector::name);
  return found == data_.connectors.end() ? nullptr : &*found;
}

const Encoder* Snapshot::find(EncoderId id) const {
  return find_by_id(data_.encoders, id);
}

const Crtc* Snapshot::find(CrtcId id) const {
  return find_by_id(data_.crtcs, id);
}

const Plane* Snapshot::find(PlaneId id) const {
  return find_by_id(data_.planes, id);
}

const FramebufferInfo* Snapshot::find(FramebufferId id) const {
  return find_by_id(data_.framebuffers, id);
}

const Colorop* Snapshot::find_colorop(std::uint32_t id) const {
  return find_by_id(data_.colorops, id);
}

std::optional<std::span<const std::byte>> Snapshot::blob(BlobId id) const {
  const auto found = data_.blobs.find(id);
  if (found == data_.blobs.end()) return std::nullopt;
  return found->second;
}

CrtcMask Snapshot::possible_crtcs(const Connector& connector) const {
  CrtcMask all;
  for (const EncoderId id : connector.encoders) {
    if (const Encoder* encoder = find(id)) all.bits |= encoder->possible_crtcs.bits;
  }
  return all;
}

const Crtc* Snapshot::current_crtc(const Connector& connector) const {
  // Atomic drivers tell directly; the connector's encoder is all that older ones have.
  if (const auto crtc = connector.properties.value(props::connector_crtc_id.name)) {
    return find(CrtcId{static_cast<std::uint32_t>(*crtc)});
  }
  const Encoder* encoder = find(connector.encoder);
  return encoder ? find(encoder->crtc) : nullptr;
}

}  // namespace drmshow
