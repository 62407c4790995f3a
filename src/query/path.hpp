// What users call things: "DP-1", "crtc/57", "card0/plane/31.IN_FORMATS", "card0.caps.PRIME". Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "kms/report.hpp"
#include "query/object_ref.hpp"

namespace drmshow {

/// What a path leads to.
struct Target {
  const Report* report;
  std::optional<ObjectRef> object;  ///< nullopt: the device itself
  std::string field;                ///< what follows the first "." after the object; may be empty
};

/// [DEVICE/]OBJECT[.FIELD] or DEVICE[.FIELD], where DEVICE is a node's or a driver's name, and
/// OBJECT a connector's name or KIND/ID. Throws Error: not_found with what there is, or usage if it
/// could mean several.
Target resolve(std::span<const Report> reports, std::string_view path);

/// "card0/DP-1" or "card0/plane/31": what resolve() takes, and what differences are listed under.
std::string object_path(const Report& report, ObjectRef object);

}  // namespace drmshow
