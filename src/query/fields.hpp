// A report as a flat list of fields: what differences are found in. But for modes, each field has a
// path that `get` takes. Pure.
#pragma once

#include <string>
#include <vector>

#include "kms/report.hpp"
#include "query/object_ref.hpp"

namespace drmshow {

struct Field {
  std::string name;  ///< "status_name", "mode 1920x1080 @ 60.00 Hz", "link-status"
  std::string text;  ///< the value, on one line
  /// What the value is, for comparing: blobs by their bytes, since the kernel gives the same
  /// contents a new id whenever it likes (an EDID with each probe).
  std::string essence;
};

/// An object, or the device itself, and its fields.
struct FieldGroup {
  std::string path;      ///< "card0/DP-1", "card0/plane/31"; of the device: "card0"
  std::string identity;  ///< what makes it the same object in another report
  std::string what;      ///< what it is, for when it comes or goes: "DP connector, connected"
  std::vector<Field> fields;
};

/// The device first, then its objects. Two reports' groups belong together when their identities
/// are equal. Identity is the id, but for connectors the name; of those behind a DisplayPort hub,
/// whose ids and names change each time they come back, PATH.
std::vector<FieldGroup> fields_of(const Report& report);

}  // namespace drmshow
