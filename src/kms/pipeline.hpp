// Which CRTC and plane drive which connector. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drm-show/snapshot.hpp"

namespace drmshow {

/// The way of a picture to a display: plane → CRTC → connector.
struct Route {
  const Connector* connector = nullptr;
  const Crtc* crtc = nullptr;
  const Plane* plane = nullptr;  ///< nullptr where the driver keeps primary planes to itself
};

/// Routes for as many of `wanted` as the hardware can light at once (optimal, not greedy); earlier
/// ones go first when not all can be. Element i belongs to wanted[i]; nullopt if it stays dark.
/// Among equally good answers the one that changes least: current CRTCs are kept, CRTCs of lit
/// outputs that are not wanted are left alone, primary planes come before overlays.
std::vector<std::optional<Route>> assign_routes(const Snapshot& snapshot,
                                                std::span<const Connector* const> wanted,
                                                Format format);

/// Why `connector` got no route, given those that the others got; for messages.
std::string why_dark(const Snapshot& snapshot, const Connector& connector,
                     std::span<const std::optional<Route>> routes);

}  // namespace drmshow
