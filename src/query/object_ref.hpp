// Names for the objects of a device, the same in all views: "crtc/37", "connector/40 DP-1". Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kms/report.hpp"

namespace drmshow {

struct ObjectRef {
  ObjectKind kind;
  std::uint32_t id;
  /// Of a connector whose id sysfs does not tell (before Linux 6.6): its id is 0. Points into the
  /// report.
  std::string_view name = {};
  friend bool operator==(ObjectRef, ObjectRef) = default;
};

/// nullptr if there is none, or if this is another kind of object.
const Connector* find_connector(const Snapshot& kms, ObjectRef ref);

/// "connector", "encoder", "crtc", "plane", "fb", "blob", "property", "colorop".
std::string_view kind_name(ObjectKind kind);

/// "plane/31"; "none" for id 0.
std::string label(ObjectRef ref);
std::string label(EncoderId id);
std::string label(CrtcId id);
std::string label(PlaneId id);
std::string label(FramebufferId id);

/// "connector/40 DP-1"; "connector DP-1" where the id is not known (sysfs does not tell it). The
/// name is printable.
std::string label(const Connector& connector);

/// As label(), with the name for a connector that the report has.
std::string object_label(const Report& report, ObjectRef ref);

}  // namespace drmshow
