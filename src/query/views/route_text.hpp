// The way of pictures through a device: framebuffer → plane → CRTC → encoder → connector. Pure.
#pragma once

#include <string>
#include <vector>

#include "drm-show/snapshot.hpp"
#include "query/object_ref.hpp"

namespace drmshow {

/// The ways that are in use now and lead through `object`, one a line: "fb/52 → plane/31 primary →
/// crtc/37 → encoder/39 → connector/40 DP-1". A way that begins or ends nowhere is shown as far as
/// it goes. Empty if there is none.
std::vector<std::string> routes_through(const Snapshot& kms, ObjectRef object);

}  // namespace drmshow
