// Which recordings go: what dead programs have left behind. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "drm-show/time.hpp"
#include "trace/recording_entry.hpp"

namespace drmshow {

struct GcRules {
  std::uint32_t user = 0;  ///< who asks; 0 may remove everybody's
  std::optional<Nanoseconds> older_than;
  NowClocks now;
};

struct GcDecision {
  bool remove = false;
  std::string why;  ///< "PID 1234 has died", "is still recording"
};

/// Never one whose program runs. Saved ones only if they are older than what was asked for.
GcDecision decide_gc(const RecordingEntry& entry, const GcRules& rules);

}  // namespace drmshow
