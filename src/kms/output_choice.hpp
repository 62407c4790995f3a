// Which connectors the user meant. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "drm-show/snapshot.hpp"

namespace drmshow {

/// The connectors called `names`, in that order; all connected ones if `names` is empty. Throws
/// Error (no_output) with suggestions if one does not exist or is not connected, or if there is
/// none.
std::vector<const Connector*> choose_outputs(const Snapshot& snapshot,
                                             std::span<const std::string> names);

}  // namespace drmshow
