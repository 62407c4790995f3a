// Property values as text. Pure.
#pragma once

#include <string>
#include <vector>

#include "drm-show/snapshot.hpp"

namespace drmshow {

struct ValueText {
  /// On one line: "1920.5", "Good", "rotate-0|reflect-x", "blob 42, 128 bytes", "none".
  std::string text;
  /// What does not fit on it, a line each without indentation: the rows of IN_FORMATS, what an EDID
  /// says, a hex dump of a blob that has no decoder.
  std::vector<std::string> details;
};

ValueText value_text(const Snapshot& snapshot, const Property& property);

/// What values it takes: "range [0, 65535]", "enum {Good, Bad}", "bitmask {rotate-0, …}", "blob",
/// "object CRTC", with "immutable " in front where only the kernel sets it.
std::string domain_text(const PropertyInfo& info);

}  // namespace drmshow
