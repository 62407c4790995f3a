// Whether a recording is a run of the ring's model.
#pragma once

#include <string>

#include "drm-show/recording.hpp"
#include "trace/options.hpp"
#include "trace/replay_check.hpp"

namespace drmshow {

/// The exit code of a check that found something; all others are those of Failure.
inline constexpr int exit_diverges = 13;
/// Returns the exit code. Throws Error.
int run_check(const TraceOptions& options);

/// What was found, for people. Pure.
std::string check_text(const CheckResult& result, const RecordingInfo& info);

}  // namespace drmshow
