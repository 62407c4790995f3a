// Reading a snapshot from whatever has the device open.
#pragma once

#include <xf86drmMode.h>

#include "drm-show/snapshot.hpp"
#include "kms/property_reader.hpp"

namespace drmshow {

/// As take_snapshot(), also with what only a query wants to know. `resources`: of the target.
SnapshotData read_snapshot(const ReadTarget& target, const drmModeRes& resources,
                           ProbePolicy policy, Detail detail);

}  // namespace drmshow
