// What a user asks of a property: "plane.rotation=rotate-180", "HDMI-A-1:connector.max bpc=10".
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kms/atomic_request.hpp"
#include "kms/pipeline.hpp"

namespace drmshow {

struct PropertySetting {
  std::optional<std::string> output;  ///< only for this output; for all if not given
  ObjectType object = ObjectType::connector;
  std::string property;
  std::string value;  ///< a number (decimal, 0x…, negative) or entry names joined by |
};

/// nullopt unless `text` is [OUTPUT:]connector|crtc|plane.PROPERTY=VALUE.
std::optional<PropertySetting> parse_property_setting(std::string_view text);

/// The write that does it on this route. Throws Error (usage) with the names or values there are,
/// if there is no such property or value.
PropertyWrite resolve(const PropertySetting& setting, const Route& route);

}  // namespace drmshow
