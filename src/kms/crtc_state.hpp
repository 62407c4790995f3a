// A CRTC as DRM_IOCTL_MODE_SETCRTC knows it: without atomic mode setting.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <drm_mode.h>

#include "drm/way_back.hpp"
#include "kms/modeset.hpp"

namespace drmshow {

struct CrtcState {
  CrtcId crtc;
  std::optional<Mode> mode;  ///< off if none
  FramebufferId fb;
  Point fb_offset;
  std::vector<std::uint32_t> connectors;
};

CrtcState state_of(const Snapshot& snapshot, const Crtc& crtc);
CrtcState state_of(const OutputPlan& plan);

/// An output that was lit through this interface.
struct LegacyChange {
  CrtcId crtc;
  ConnectorId connector;
  friend bool operator==(const LegacyChange&, const LegacyChange&) = default;
};

/// What brings back the CRTCs that were changed, or robbed of a connector, in this order: those
/// that were off go off first, so that connectors are free again for those that had them.
std::vector<CrtcState> states_to_restore(const Snapshot& before,
                                         std::span<const LegacyChange> changes);

/// The request; it points to the connectors of `state`.
drm_mode_crtc request_of(const CrtcState& state);
/// The same without pointers. False if it has too many connectors.
[[nodiscard]] bool copy_to(const CrtcState& state, FlatCrtc& flat);

}  // namespace drmshow
