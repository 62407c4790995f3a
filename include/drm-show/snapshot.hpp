// An immutable picture of a device: every connector, encoder, CRTC and plane, with properties, at
// one moment. Decisions are made on it, never on the live device, so that they can be tested on any
// machine; it also is what the previous state is restored from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drm-show/export.hpp"
#include "drm-show/format.hpp"
#include "drm-show/geometry.hpp"
#include "drm-show/id.hpp"
#include "drm-show/mode.hpp"
#include "drm-show/modifier.hpp"
#include "drm-show/property.hpp"

namespace drmshow {

class Device;

/// A set of CRTCs, as the kernel gives it: bit i stands for the CRTC of index i.
struct CrtcMask {
  std::uint32_t bits = 0;
  constexpr bool contains(CrtcIndex index) const { return (bits & index.bit()) != 0; }
};

/// What the kernel calls a mode object in requests about its properties (DRM_MODE_OBJECT_*).
enum class ObjectKind { connector, encoder, crtc, plane, framebuffer, blob, property, colorop };

struct Encoder {
  EncoderId id;
  std::uint32_t type = 0;  ///< DRM_MODE_ENCODER_*
  CrtcId crtc;             ///< what drives it now; none when off
  CrtcMask possible_crtcs;
  std::uint32_t possible_clones = 0;  ///< bit i: the encoder at position i in the device's list
};

enum class Connection { connected, disconnected, unknown };
enum class Subpixel { unknown, horizontal_rgb, horizontal_bgr, vertical_rgb, vertical_bgr, none };

struct Connector {
  ConnectorId id;
  std::uint32_t type = 0;  ///< DRM_MODE_CONNECTOR_*
  std::string name;        ///< the kernel's: "DP-1", "HDMI-A-1", "Virtual-1"
  Connection connection = Connection::unknown;
  Size size_mm;  ///< of the visible area, in millimetres; 0x0 when not known
  Subpixel subpixel = Subpixel::unknown;
  std::vector<Mode> modes;
  EncoderId encoder;  ///< in use now; none when off
  std::vector<EncoderId> encoders;
  PropertySet properties;

  /// Writes what a CRTC sends into memory: no output that anybody looks at. The kernel shows these
  /// only to clients that ask for them (DRM_CLIENT_CAP_WRITEBACK_CONNECTORS).
  DRMSHOW_API bool is_writeback() const;
};

struct Crtc {
  CrtcId id;
  CrtcIndex index;
  std::optional<Mode> mode;      ///< what it sends now; nullopt when off
  FramebufferId fb;              ///< what its primary plane shows, where the kernel tells
  Point fb_offset;               ///< the framebuffer pixel at the top left of the screen
  std::uint32_t gamma_size = 0;  ///< entries of the legacy gamma table; 0: none
  PropertySet properties;
};

enum class PlaneType { overlay, primary, cursor };

/// What the "type" property says; overlay without one, as before Linux 3.15 all planes were.
DRMSHOW_API PlaneType plane_type(const PropertySet& properties);

struct Plane {
  PlaneId id;
  PlaneType type = PlaneType::overlay;
  CrtcMask possible_crtcs;
  CrtcId crtc;
  FramebufferId fb;
  std::vector<Format> formats;
  PropertySet properties;

  DRMSHOW_API bool supports(Format format) const;
};

/// One displayable image. Pixels are in up to four memory planes (Y and CbCr of NV12, say).
struct FramebufferInfo {
  struct MemoryPlane {
    std::uint32_t pitch;   ///< bytes from one line to the next
    std::uint32_t offset;  ///< bytes from the start of the buffer
  };

  FramebufferId id;
  Size size;                         ///< 0x0 if the driver tells nothing about it
  std::optional<Format> format;      ///< nullopt where the kernel tells depth and bpp only
  std::optional<Modifier> modifier;  ///< nullopt: implicit, the driver knows
  std::uint32_t depth = 0;           ///< significant bits a pixel; 0 if format is known
  std::uint32_t bpp = 0;             ///< bits a pixel in memory; 0 if format is known
  std::vector<MemoryPlane> planes;
};

/// One step of a plane's colour pipeline (kernel doc, "Color Pipeline"; since Linux 6.19).
struct Colorop {
  std::uint32_t id = 0;
  PropertySet properties;  ///< TYPE, BYPASS, NEXT and those of its type
};

/// Something that was listed and then not there any more when it was looked at.
struct Vanished {
  ObjectKind kind;
  std::uint32_t id;
};

/// `current` reads what the kernel remembers; `probe` asks the hardware (EDID reads: tens of
/// milliseconds a connector, and side effects in some drivers).
enum class ProbePolicy { current, probe };

/// `display`: what decisions need. `everything`: also framebuffers and colour pipelines.
enum class Detail { display, everything };

/// Everything a Snapshot holds, for making one by hand (tests, tools).
struct SnapshotData {
  std::vector<Connector> connectors;
  std::vector<Encoder> encoders;
  std::vector<Crtc> crtcs;  ///< in the order of their indices
  std::vector<Plane> planes;
  std::vector<FramebufferInfo>
      framebuffers;               ///< those on planes and CRTCs; only with Detail::everything
  std::vector<Colorop> colorops;  ///< only with Detail::everything
  std::vector<Vanished> vanished;
  std::deque<PropertyInfo> property_infos;  ///< a deque: Property::info points into it
  std::map<BlobId, std::vector<std::byte>> blobs;
};

class DRMSHOW_API Snapshot {
 public:
  explicit Snapshot(SnapshotData data);
  Snapshot(Snapshot&&) noexcept = default;
  Snapshot& operator=(Snapshot&&) noexcept = default;
  // Properties point into their snapshot: a copy would point into the original.
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot();

  std::span<const Connector> connectors() const { return data_.connectors; }
  std::span<const Encoder> encoders() const { return data_.encoders; }
  std::span<const Crtc> crtcs() const { return data_.crtcs; }
  std::span<const Plane> planes() const { return data_.planes; }
  std::span<const FramebufferInfo> framebuffers() const { return data_.framebuffers; }
  std::span<const Colorop> colorops() const { return data_.colorops; }
  std::span<const Vanished> vanished() const { return data_.vanished; }

  /// nullptr if there is no such object.
  const Connector* find(ConnectorId id) const;
  const Connector* find_connector(std::string_view name) const;
  const Encoder* find(EncoderId id) const;
  const Crtc* find(CrtcId id) const;
  const Plane* find(PlaneId id) const;
  const FramebufferInfo* find(FramebufferId id) const;
  const Colorop* find_colorop(std::uint32_t id) const;

  /// The bytes of a property blob; nullopt if it was gone or unreadable when the snapshot was
  /// taken.
  std::optional<std::span<const std::byte>> blob(BlobId id) const;

  /// The CRTCs that some encoder of `connector` can be driven by.
  CrtcMask possible_crtcs(const Connector& connector) const;
  /// The CRTC that drives `connector` now; nullptr when it is off.
  const Crtc* current_crtc(const Connector& connector) const;

 private:
  SnapshotData data_;
};

/// Reads the state of `device`. Set the client caps first (set_display_caps()): without them the
/// kernel hides planes and properties. Throws Error: no_device for a render-only device.
DRMSHOW_API Snapshot take_snapshot(const Device& device, ProbePolicy policy);

enum class Api { atomic, legacy };

/// Asks for all that the kernel shows only to clients that know about it (universal planes, atomic
/// properties). Api::legacy if the driver has no atomic mode setting.
DRMSHOW_API Api set_display_caps(const Device& device);

}  // namespace drmshow
