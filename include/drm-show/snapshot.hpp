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

#include "drm-show/device.hpp"
#include "drm-show/export.hpp"
#include "drm-show/format.hpp"
#include "drm-show/geometry.hpp"
#include "drm-show/id.hpp"
#include "drm-show/mode.hpp"
#include "drm-show/property.hpp"

namespace drmshow {

/// A set of CRTCs, as the kernel gives it: bit i stands for the CRTC of index i.
struct CrtcMask {
  std::uint32_t bits = 0;
  constexpr bool contains(CrtcIndex index) const { return (bits & index.bit()) != 0; }
};

struct Encoder {
  EncoderId id;
  CrtcId crtc;  ///< what drives it now; none when off
  CrtcMask possible_crtcs;
};

enum class Connection { connected, disconnected, unknown };

struct Connector {
  ConnectorId id;
  std::string name;  ///< the kernel's: "DP-1", "HDMI-A-1", "Virtual-1"
  Connection connection = Connection::unknown;
  Size size_mm;  ///< of the visible area, in millimetres; 0x0 when not known
  std::vector<Mode> modes;
  EncoderId encoder;  ///< in use now; none when off
  std::vector<EncoderId> encoders;
  PropertySet properties;
};

struct Crtc {
  CrtcId id;
  CrtcIndex index;
  std::optional<Mode> mode;  ///< what it sends now; nullopt when off
  FramebufferId fb;          ///< what its primary plane shows, where the kernel tells
  Point fb_offset;           ///< the framebuffer pixel at the top left of the screen
  PropertySet properties;
};

enum class PlaneType { overlay, primary, cursor };

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

/// `current` reads what the kernel remembers; `probe` asks the hardware (EDID reads: tens of
/// milliseconds a connector, and side effects in some drivers).
enum class ProbePolicy { current, probe };

/// Everything a Snapshot holds, for making one by hand (tests, tools).
struct SnapshotData {
  std::vector<Connector> connectors;
  std::vector<Encoder> encoders;
  std::vector<Crtc> crtcs;  ///< in the order of their indices
  std::vector<Plane> planes;
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

  /// nullptr if there is no such object.
  const Connector* find(ConnectorId id) const;
  const Connector* find_connector(std::string_view name) const;
  const Encoder* find(EncoderId id) const;
  const Crtc* find(CrtcId id) const;
  const Plane* find(PlaneId id) const;

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
