// Reading a Snapshot from the kernel. Objects that vanish between the list and the look (MST
// connectors do) are left out.
#include <cerrno>
#include <cstring>
#include <unordered_map>

#include <fmt/format.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

#include "drm-show/error.hpp"
#include "drm-show/snapshot.hpp"
#include "drm/drm_ptr.hpp"
#include "drm/ioctl.hpp"

namespace drmshow {
namespace {

PropertyKind kind_of(drmModePropertyRes* raw) {
  if (drm_property_type_is(raw, DRM_MODE_PROP_RANGE)) return PropertyKind::range;
  if (drm_property_type_is(raw, DRM_MODE_PROP_SIGNED_RANGE)) return PropertyKind::signed_range;
  if (drm_property_type_is(raw, DRM_MODE_PROP_ENUM)) return PropertyKind::enumeration;
  if (drm_property_type_is(raw, DRM_MODE_PROP_BITMASK)) return PropertyKind::bitmask;
  if (drm_property_type_is(raw, DRM_MODE_PROP_BLOB)) return PropertyKind::blob;
  if (drm_property_type_is(raw, DRM_MODE_PROP_OBJECT)) return PropertyKind::object;
  return PropertyKind::unknown;
}

// Kernel names are char arrays that need not end in a zero.
template <std::size_t size>
std::string fixed_text(const char (&text)[size]) {
  return {text, strnlen(text, size)};
}

PropertyInfo describe(drmModePropertyRes* raw) {
  PropertyInfo info;
  info.id = PropertyId{raw->prop_id};
  info.name = fixed_text(raw->name);
  info.kind = kind_of(raw);
  info.immutable = (raw->flags & DRM_MODE_PROP_IMMUTABLE) != 0;
  info.limits.assign(raw->values, raw->values + raw->count_values);
  for (int i = 0; i < raw->count_enums; ++i) {
    info.entries.push_back({raw->enums[i].value, fixed_text(raw->enums[i].name)});
  }
  return info;
}

Connection connection_of(drmModeConnection raw) {
  switch (raw) {
    case DRM_MODE_CONNECTED:
      return Connection::connected;
    case DRM_MODE_DISCONNECTED:
      return Connection::disconnected;
    default:
      return Connection::unknown;
  }
}

std::string connector_name(const drmModeConnector& raw) {
  const char* type = drmModeGetConnectorTypeName(raw.connector_type);
  return fmt::format("{}-{}", type ? type : "Unknown", raw.connector_type_id);
}

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

class Reader {
 public:
  Reader(const Device& device, ProbePolicy policy)
      : device_{device}, fd_{device.fd()}, policy_{policy} {}

  SnapshotData read() {
    const ResourcesPtr resources{drmModeGetResources(fd_)};
    if (!resources) {
      throw Error{Failure::no_device, device_.label() + " cannot drive a display",
                  "It only renders: choose another device with --device.", errno};
    }
    for (int i = 0; i < resources->count_crtcs; ++i) {
      read_crtc(resources->crtcs[i], CrtcIndex{static_cast<unsigned>(i)});
    }
    for (int i = 0; i < resources->count_encoders; ++i) read_encoder(resources->encoders[i]);
    for (int i = 0; i < resources->count_connectors; ++i) read_connector(resources->connectors[i]);
    read_planes();
    return std::move(data_);
  }

 private:
  // Called when an object could not be read. One that vanished is left out; any other failure would
  // leave a picture of the device that is wrong.
  void expect_vanished(const char* what) const {
    const int errnum = errno;
    if (errnum != ENOENT) throw_device_error(device_, std::string{"cannot read "} + what, errnum);
  }

  void read_crtc(std::uint32_t id, CrtcIndex index) {
    const CrtcPtr raw{drmModeGetCrtc(fd_, id)};
    if (!raw) expect_vanished("a CRTC");
    // Kept even when unreadable: the position of a CRTC in the list is its index.
    Crtc crtc;
    crtc.id = CrtcId{id};
    crtc.index = index;
    if (raw) {
      if (raw->mode_valid) crtc.mode = Mode{to_kernel(raw->mode)};
      crtc.fb = FramebufferId{raw->buffer_id};
      crtc.fb_offset = {static_cast<int>(raw->x), static_cast<int>(raw->y)};
      crtc.properties = read_properties(id, DRM_MODE_OBJECT_CRTC);
    }
    data_.crtcs.push_back(std::move(crtc));
  }

  void read_encoder(std::uint32_t id) {
    const EncoderPtr raw{drmModeGetEncoder(fd_, id)};
    if (!raw) return expect_vanished("an encoder");
    data_.encoders.push_back(
        {EncoderId{raw->encoder_id}, CrtcId{raw->crtc_id}, {raw->possible_crtcs}});
  }

  ConnectorPtr get_connector(std::uint32_t id) const {
    return ConnectorPtr{policy_ == ProbePolicy::probe ? drmModeGetConnector(fd_, id)
                                                      : drmModeGetConnectorCurrent(fd_, id)};
  }

  void read_connector(std::uint32_t id) {
    const ConnectorPtr raw = get_connector(id);
    if (!raw) return expect_vanished("a connector");
    if (raw->connector_type == DRM_MODE_CONNECTOR_WRITEBACK) return;
    Connector connector;
    connector.id = ConnectorId{raw->connector_id};
    connector.name = connector_name(*raw);
    connector.connection = connection_of(raw->connection);
    connector.size_mm = {static_cast<int>(raw->mmWidth), static_cast<int>(raw->mmHeight)};
    for (int i = 0; i < raw->count_modes; ++i) {
      connector.modes.emplace_back(to_kernel(raw->modes[i]));
    }
    connector.encoder = EncoderId{raw->encoder_id};
    for (int i = 0; i < raw->count_encoders; ++i) {
      connector.encoders.emplace_back(raw->encoders[i]);
    }
    connector.properties = read_properties(id, DRM_MODE_OBJECT_CONNECTOR);
    data_.connectors.push_back(std::move(connector));
  }

  void read_planes() {
    const PlaneResourcesPtr planes{drmModeGetPlaneResources(fd_)};
    if (!planes) return expect_vanished("the planes");
    for (std::uint32_t i = 0; i < planes->count_planes; ++i) read_plane(planes->planes[i]);
  }

  void read_plane(std::uint32_t id) {
    const PlanePtr raw{drmModeGetPlane(fd_, id)};
    if (!raw) return expect_vanished("a plane");
    Plane plane;
    plane.id = PlaneId{raw->plane_id};
    plane.possible_crtcs = {raw->possible_crtcs};
    plane.crtc = CrtcId{raw->crtc_id};
    plane.fb = FramebufferId{raw->fb_id};
    for (std::uint32_t i = 0; i < raw->count_formats; ++i) {
      plane.formats.emplace_back(raw->formats[i]);
    }
    plane.properties = read_properties(id, DRM_MODE_OBJECT_PLANE);
    plane.type = plane_type(plane.properties);
    data_.planes.push_back(std::move(plane));
  }

  PropertySet read_properties(std::uint32_t object, std::uint32_t type) {
    const ObjectPropertiesPtr raw{drmModeObjectGetProperties(fd_, object, type)};
    std::vector<Property> properties;
    if (!raw) {
      if (errno != EINVAL) expect_vanished("properties");  // EINVAL: this kind has none
      return PropertySet{};
    }
    for (std::uint32_t i = 0; i < raw->count_props; ++i) {
      const PropertyInfo* info = property_info(raw->props[i]);
      if (!info) continue;
      properties.push_back({info, raw->prop_values[i]});
      if (info->kind == PropertyKind::blob) read_blob(raw->prop_values[i]);
    }
    return PropertySet{std::move(properties)};
  }

  // A property belongs to the device, not to the object: each is asked for once.
  const PropertyInfo* property_info(std::uint32_t id) {
    if (const auto known = infos_.find(id); known != infos_.end()) return known->second;
    const PropertyPtr raw{drmModeGetProperty(fd_, id)};
    if (!raw) {
      expect_vanished("a property");
      return nullptr;
    }
    return infos_[id] = &data_.property_infos.emplace_back(describe(raw.get()));
  }

  void read_blob(std::uint64_t value) {
    const BlobId id{static_cast<std::uint32_t>(value)};
    if (!id || data_.blobs.contains(id)) return;
    const PropertyBlobPtr raw{drmModeGetPropertyBlob(fd_, id.raw())};
    if (!raw) return expect_vanished("a property blob");
    const auto* bytes = static_cast<const std::byte*>(raw->data);
    data_.blobs.emplace(id, std::vector<std::byte>{bytes, bytes + raw->length});
  }

  // libdrm's mode struct is the kernel's under another name.
  static drm_mode_modeinfo to_kernel(const drmModeModeInfo& raw) {
    static_assert(sizeof(drm_mode_modeinfo) == sizeof(drmModeModeInfo));
    drm_mode_modeinfo info;
    std::memcpy(&info, &raw, sizeof info);
    return info;
  }

  const Device& device_;
  int fd_;
  ProbePolicy policy_;
  SnapshotData data_;
  std::unordered_map<std::uint32_t, const PropertyInfo*> infos_;
};

}  // namespace

Snapshot take_snapshot(const Device& device, ProbePolicy policy) {
  return Snapshot{Reader{device, policy}.read()};
}

Api set_display_caps(const Device& device) {
  // Refused only by kernels before 3.15: then primary planes stay implicit.
  static_cast<void>(device.try_client_cap(DRM_CLIENT_CAP_UNIVERSAL_PLANES, 1));
  return device.try_client_cap(DRM_CLIENT_CAP_ATOMIC, 1) ? Api::atomic : Api::legacy;
}

}  // namespace drmshow
