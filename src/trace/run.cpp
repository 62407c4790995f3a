#include "trace/run.hpp"

#include "drm-show/error.hpp"

namespace drmshow {

int run_run(const TraceOptions& /*options*/) {
  throw Error{Failure::usage, "run: not yet"};
}

}  // namespace drmshow
