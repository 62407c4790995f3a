// One object with everything about it, and what it is connected to. Pure.
#pragma once

#include <string>

#include "kms/report.hpp"
#include "query/object_ref.hpp"
#include "query/text/style.hpp"

namespace drmshow {

/// A connector, encoder, CRTC, plane, framebuffer or colorop. Throws Error (usage) if the device
/// has no such object; the hint tells which it has.
std::string object_view(const Report& report, ObjectRef object, const TextStyle& style);

}  // namespace drmshow
