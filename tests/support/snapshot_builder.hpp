// Devices made by hand: snapshots of hardware that nobody has on the desk.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "drm-show/snapshot.hpp"

namespace drmshow::test {

Mode make_mode(int width, int height, int clock_khz, int htotal, int vtotal,
               std::uint32_t flags = 0, std::uint32_t type = 0);
/// 1024x768 @ 60.00 Hz, preferred.
Mode default_mode();

/// DRM_MODE_PROP_*, as the kernel has them for properties of this kind.
std::uint32_t property_flags(PropertyKind kind);

/// Objects are named by their position: connector 0, encoder 2, … Ids are handed out in order.
class SnapshotBuilder {
 public:
  std::size_t crtc();
  std::size_t encoder(std::uint32_t possible_crtcs);
  std::size_t connector(std::initializer_list<std::size_t> encoders,
                        Connection connection = Connection::connected, std::string type = "DP");
  std::size_t plane(PlaneType type, std::uint32_t possible_crtcs,
                    std::vector<Format> formats = {formats::xrgb8888});
  /// A CRTC with a primary plane, an encoder that only it drives and a connector on that.
  void simple_output();

  /// Lights connector with encoder, CRTC and plane, as another program left them.
  void light(std::size_t connector, std::size_t encoder, std::size_t crtc, std::size_t plane);

  /// Adds or changes a property of an object.
  void property(Connector& object, const std::string& name, std::uint64_t value,
                PropertyKind kind = PropertyKind::range);
  void property(Crtc& object, const std::string& name, std::uint64_t value,
                PropertyKind kind = PropertyKind::range);
  void property(Plane& object, const std::string& name, std::uint64_t value,
                PropertyKind kind = PropertyKind::range);
  PropertyInfo& info(const std::string& name);

  SnapshotData data;

  Snapshot build();

 private:
  std::uint32_t next_id() { return next_id_++; }
  void set_property(PropertySet& set, const std::string& name, std::uint64_t value,
                    PropertyKind kind);
  const PropertyInfo* info_for(const std::string& name, PropertyKind kind);

  std::uint32_t next_id_ = 31;
};

}  // namespace drmshow::test
