// Whether a recording is a run of the ring's model.
#pragma once

#include "trace/options.hpp"

namespace drmshow {

/// The exit code of a check that found something; all others are those of Failure.
inline constexpr int exit_diverges = 11;
/// Returns the exit code. Throws Error.
int run_check(const TraceOptions& options);

}  // namespace drmshow
