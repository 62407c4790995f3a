// Which outputs should be lit in which modes, as cables are now. Pure.
#pragma once

#include <vector>

#include "drm-show/snapshot.hpp"
#include "show/options.hpp"

namespace drmshow {

struct WantedOutput {
  ConnectorId connector;
  Mode mode;
  friend bool operator==(const WantedOutput& a, const WantedOutput& b);
};

/// As far as the wishes can be fulfilled; empty if nothing is connected.
std::vector<WantedOutput> wanted_outputs(const Snapshot& snapshot, const Options& options);

}  // namespace drmshow
