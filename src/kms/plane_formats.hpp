// What the planes of outputs can show, as whoever makes images for them wants to know it. Pure.
#pragma once

#include <span>

#include "drm-show/scanout_image.hpp"
#include "drm-show/snapshot.hpp"
#include "kms/pipeline.hpp"

namespace drmshow {

/// From IN_FORMATS; where a driver has none, the formats alone.
PlaneFormats plane_formats(const Snapshot& snapshot, const Plane& plane);

/// What is wanted for outputs with these routes, which show the same images of this size. A route
/// without a plane (legacy mode setting) takes `format`, as the CRTC did when it was chosen.
ScanoutWish scanout_wish(const Snapshot& snapshot, std::span<const Route> routes, Size size,
                         Format format);

}  // namespace drmshow
