#include "trace/verbs.hpp"

#include <string>

#include "drm-show/error.hpp"
#include "trace/output.hpp"

namespace drmshow {

int run_complete(const TraceOptions& options) {
  std::string words;
  if (options.command.size() <= 1) {
    for (const std::string_view verb : trace_verb_names()) words += std::string{verb} + "\n";
  }
  write_out(words);
  return 0;
}

int run_list(const TraceOptions& /*options*/) {
  throw Error{Failure::usage, "list: not yet"};
}
int run_dump(const TraceOptions& /*options*/) {
  throw Error{Failure::usage, "dump: not yet"};
}
int run_tail(const TraceOptions& /*options*/) {
  throw Error{Failure::usage, "tail: not yet"};
}
int run_summary(const TraceOptions& /*options*/) {
  throw Error{Failure::usage, "summary: not yet"};
}
int run_why(const TraceOptions& /*options*/) {
  throw Error{Failure::usage, "why: not yet"};
}
int run_gc(const TraceOptions& /*options*/) {
  throw Error{Failure::usage, "gc: not yet"};
}

}  // namespace drmshow
