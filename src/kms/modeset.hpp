// From routes, modes and framebuffers to the property changes that show them. Pure.
#pragma once

#include <span>

#include "kms/atomic_request.hpp"
#include "kms/pipeline.hpp"

namespace drmshow {

/// One output as it shall be: the framebuffer fills the mode.
struct OutputPlan {
  Route route;
  Mode mode;
  FramebufferId fb;
};

/// What lights `outputs`: routes, modes, planes; whatever else is on their CRTCs goes off, other
/// outputs stay as they are.
AtomicRequest modeset_request(const Snapshot& snapshot, std::span<const OutputPlan> outputs);

/// What else must be in its default state for pixels to come out as they went in: colour tables,
/// rotation, alpha, HDR and VRR that another program may have left behind. Only what differs.
AtomicRequest neutral_request(const Route& route);

/// Turns off everything that `change` touched: for when what was there before cannot be restored.
AtomicRequest dark_request(const Snapshot& snapshot, const AtomicRequest& change);

}  // namespace drmshow
