#include "trace/check.hpp"

#include "drm-show/error.hpp"

namespace drmshow {

int run_check(const TraceOptions& /*options*/) {
  throw Error{Failure::usage, "check: not yet"};
}

}  // namespace drmshow
