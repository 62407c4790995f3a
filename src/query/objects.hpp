// Walking over the objects of a device. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "kms/report.hpp"
#include "query/object_ref.hpp"

namespace drmshow {

/// All of them: connectors, encoders, CRTCs, planes, framebuffers, colorops, each in the kernel's
/// order.
std::vector<ObjectRef> objects_of(const Report& report);

/// What kind_name() calls it; "framebuffer" too.
std::optional<ObjectKind> kind_named(std::string_view name);

/// nullptr for kinds without properties and for objects that are not there.
const PropertySet* properties_of(const Report& report, ObjectRef object);

}  // namespace drmshow
