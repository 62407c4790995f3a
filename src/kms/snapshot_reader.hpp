// Reading a snapshot from whatever has the device open.
#pragma once

#include "drm-show/snapshot.hpp"
#include "kms/property_reader.hpp"

namespace drmshow {

/// As take_snapshot(), also with what only a query wants to know.
SnapshotData read_snapshot(const ReadTarget& target, ProbePolicy policy, Detail detail);

}  // namespace drmshow
