// What drm-trace can be asked, as functions that print the answer. Thin.
#pragma once

#include "trace/options.hpp"

namespace drmshow {

// Each returns the exit code, and throws Error.
int run_list(const TraceOptions& options);
int run_dump(const TraceOptions& options);
int run_tail(const TraceOptions& options);
int run_summary(const TraceOptions& options);
int run_why(const TraceOptions& options);
int run_gc(const TraceOptions& options);
int run_complete(const TraceOptions& options);

}  // namespace drmshow
