// The colour pipelines that planes offer: chains of colour operations.
#pragma once

#include "kms/property_reader.hpp"

namespace drmshow {

/// Follows every entry of every plane's COLOR_PIPELINE to its end and adds the operations to
/// `data`.
void read_colorops(PropertyReader& properties, SnapshotData& data);

}  // namespace drmshow
