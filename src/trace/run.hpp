// Runs a program and records it, with the kernel's and the compositor's events.
#pragma once

#include "trace/options.hpp"

namespace drmshow {

/// Returns the exit code. Throws Error.
int run_run(const TraceOptions& options);

}  // namespace drmshow
