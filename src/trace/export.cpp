#include "trace/export.hpp"

#include "drm-show/error.hpp"

namespace drmshow {

int run_export(const TraceOptions& /*options*/) {
  throw Error{Failure::usage, "export: not yet"};
}

}  // namespace drmshow
