// Objects that vanish between the list and the look (MST connectors do) are noted as such.
#include "kms/snapshot_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

#include "drm/drm_ptr.hpp"
#include "kms/colorop_reader.hpp"
#include "kms/framebuffer_reader.hpp"

namespace drmshow {
namespace {

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

Subpixel subpixel_of(drmModeSubPixel raw) {
  switch (raw) {
    case DRM_MODE_SUBPIXEL_HORIZONTAL_RGB:
      return Subpixel::horizontal_rgb;
    case DRM_MODE_SUBPIXEL_HORIZONTAL_BGR:
      return Subpixel::horizontal_bgr;
    case DRM_MODE_SUBPIXEL_VERTICAL_RGB:
      return Subpixel::vertical_rgb;
    case DRM_MODE_SUBPIXEL_VERTICAL_BGR:
      return Subpixel::vertical_bgr;
    case DRM_MODE_SUBPIXEL_NONE:
      return Subpixel::none;
    default:
      return Subpixel::unknown;
  }
}

std::string connector_name(const drmModeConnector& raw) {
  const char* type = drmModeGetConnectorTypeName(raw.connector_type);
  return fmt::format("{}-{}", type ? type : "Unknown", raw.connector_type_id);
}

class Reader {
 public:
  Reader(const ReadTarget& target, ProbePolicy policy, Detail detail)
      : target_{target}, fd_{target.fd}, policy_{policy}, detail_{detail} {}

  SnapshotData read(const drmModeRes& resources) {
    for (int i = 0; i < resources.count_crtcs; ++i) {
      read_crtc(resources.crtcs[i], CrtcIndex{static_cast<unsigned>(i)});
    }
    for (int i = 0; i < resources.count_encoders; ++i) read_encoder(resources.encoders[i]);
    for (int i = 0; i < resources.count_connectors; ++i) read_connector(resources.connectors[i]);
    read_planes();
    if (detail_ == Detail::everything) {
      read_framebuffers();
      read_colour_pipelines(target_, properties_, data_);
    }
    return std::move(data_);
  }

 private:
  void read_crtc(std::uint32_t id, CrtcIndex index) {
    const CrtcPtr raw{drmModeGetCrtc(fd_, id)};
    if (!raw) properties_.expect_vanished(ObjectKind::crtc, id, "a CRTC");
    // Kept even when unreadable: the position of a CRTC in the list is its index.
    Crtc crtc;
    crtc.id = CrtcId{id};
    crtc.index = index;
    if (raw) {
      if (raw->mode_valid) crtc.mode = Mode{to_kernel(raw->mode)};
      crtc.fb = FramebufferId{raw->buffer_id};
      crtc.fb_offset = {static_cast<int>(raw->x), static_cast<int>(raw->y)};
      crtc.gamma_size = static_cast<std::uint32_t>(std::max(raw->gamma_size, 0));
      crtc.properties = properties_.read(id, DRM_MODE_OBJECT_CRTC, ObjectKind::crtc);
    }
    data_.crtcs.push_back(std::move(crtc));
  }

  void read_encoder(std::uint32_t id) {
    const EncoderPtr raw{drmModeGetEncoder(fd_, id)};
    if (!raw) return properties_.expect_vanished(ObjectKind::encoder, id, "an encoder");
    data_.encoders.push_back({EncoderId{raw->encoder_id},
                              raw->encoder_type,
                              CrtcId{raw->crtc_id},
                              {raw->possible_crtcs},
                              raw->possible_clones});
  }

  ConnectorPtr get_connector(std::uint32_t id) const {
    return ConnectorPtr{policy_ == ProbePolicy::probe ? drmModeGetConnector(fd_, id)
                                                      : drmModeGetConnectorCurrent(fd_, id)};
  }

  void read_connector(std::uint32_t id) {
    const ConnectorPtr raw = get_connector(id);
    if (!raw) return properties_.expect_vanished(ObjectKind::connector, id, "a connector");
    if (detail_ == Detail::display && raw->connector_type == DRM_MODE_CONNECTOR_WRITEBACK) return;
    Connector connector;
    connector.id = ConnectorId{raw->connector_id};
    connector.type = raw->connector_type;
    connector.name = connector_name(*raw);
    connector.connection = connection_of(raw->connection);
    connector.size_mm = {static_cast<int>(raw->mmWidth), static_cast<int>(raw->mmHeight)};
    connector.subpixel = subpixel_of(raw->subpixel);
    for (int i = 0; i < raw->count_modes; ++i) {
      connector.modes.emplace_back(to_kernel(raw->modes[i]));
    }
    connector.encoder = EncoderId{raw->encoder_id};
    for (int i = 0; i < raw->count_encoders; ++i) {
      connector.encoders.emplace_back(raw->encoders[i]);
    }
    connector.properties = properties_.read(id, DRM_MODE_OBJECT_CONNECTOR, ObjectKind::connector);
    data_.connectors.push_back(std::move(connector));
  }

  void read_planes() {
    const PlaneResourcesPtr planes{drmModeGetPlaneResources(fd_)};
    if (!planes) return properties_.expect_vanished(ObjectKind::plane, 0, "the planes");
    for (std::uint32_t i = 0; i < planes->count_planes; ++i) read_plane(planes->planes[i]);
  }

  void read_plane(std::uint32_t id) {
    const PlanePtr raw{drmModeGetPlane(fd_, id)};
    if (!raw) return properties_.expect_vanished(ObjectKind::plane, id, "a plane");
    Plane plane;
    plane.id = PlaneId{raw->plane_id};
    plane.possible_crtcs = {raw->possible_crtcs};
    plane.crtc = CrtcId{raw->crtc_id};
    plane.fb = FramebufferId{raw->fb_id};
    for (std::uint32_t i = 0; i < raw->count_formats; ++i) {
      plane.formats.emplace_back(raw->formats[i]);
    }
    plane.properties = properties_.read(id, DRM_MODE_OBJECT_PLANE, ObjectKind::plane);
    plane.type = plane_type(plane.properties);
    data_.planes.push_back(std::move(plane));
  }

  // Only those on a plane or CRTC can be found: the kernel lists no others' framebuffers.
  void read_framebuffers() {
    std::vector<FramebufferId> ids;
    for (const Crtc& crtc : data_.crtcs) ids.push_back(crtc.fb);
    for (const Plane& plane : data_.planes) ids.push_back(plane.fb);
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()),
              ids.end());  // clang 14 cannot take ranges::unique
    for (const FramebufferId id : ids) {
      if (!id) continue;
      if (auto fb = read_framebuffer(fd_, id)) {
        data_.framebuffers.push_back(std::move(*fb));
      } else if (errno == ENOENT) {
        data_.vanished.push_back({ObjectKind::framebuffer, id.raw()});
      } else {
        data_.framebuffers.emplace_back().id = id;  // there, but some drivers do not tell
      }
    }
  }

  // libdrm's mode struct is the kernel's under another name.
  static drm_mode_modeinfo to_kernel(const drmModeModeInfo& raw) {
    static_assert(sizeof(drm_mode_modeinfo) == sizeof(drmModeModeInfo));
    drm_mode_modeinfo info;
    std::memcpy(&info, &raw, sizeof info);
    return info;
  }

  const ReadTarget& target_;
  int fd_;
  ProbePolicy policy_;
  Detail detail_;
  SnapshotData data_;
  PropertyReader properties_{target_, data_};
};

}  // namespace

SnapshotData read_snapshot(const ReadTarget& target, const drmModeRes& resources,
                           ProbePolicy policy, Detail detail) {
  return Reader{target, policy, detail}.read(resources);
}

}  // namespace drmshow
