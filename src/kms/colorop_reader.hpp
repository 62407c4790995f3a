// The colour pipelines that planes offer: chains of colour operations.
#pragma once

#include "kms/property_reader.hpp"

namespace drmshow {

/// Adds COLOR_PIPELINE to the planes of `data`, and the operations of every pipeline. The kernel
/// shows these only to clients that ask for them, and then hides COLOR_ENCODING and COLOR_RANGE:
/// so planes are read before, and this asks for pipelines only as long as it runs.
void read_colour_pipelines(const ReadTarget& target, PropertyReader& properties,
                           SnapshotData& data);

}  // namespace drmshow
