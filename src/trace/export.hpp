// The timeline of a recording, for Perfetto or as JSON.
#pragma once

#include "trace/options.hpp"

namespace drmshow {

/// Returns the exit code. Throws Error.
int run_export(const TraceOptions& options);

}  // namespace drmshow
