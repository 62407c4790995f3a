// `drm-query watch`: changes as they happen.
#pragma once

#include <csignal>

#include "query/options.hpp"

namespace drmshow {

/// Prints what the kernel announces and what has changed since the last look, a line each (with
/// Output::json a JSON object each), until the process is ended, or `*stop` is set by a signal
/// handler. Throws Error.
void watch(const QueryOptions& options, const volatile std::sig_atomic_t* stop = nullptr);

}  // namespace drmshow
