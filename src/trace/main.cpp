// drm-trace: what happened to frames, and why. See drm-trace(1).
#include "base/program.hpp"
#include "trace/check.hpp"
#include "trace/export.hpp"
#include "trace/options.hpp"
#include "trace/run.hpp"
#include "trace/verbs.hpp"

namespace {

int answer(const drmshow::TraceOptions& options) {
  using enum drmshow::TraceVerb;
  switch (options.verb) {
    case list:
      return drmshow::run_list(options);
    case dump:
      return drmshow::run_dump(options);
    case tail:
      return drmshow::run_tail(options);
    case summary:
      return drmshow::run_summary(options);
    case why:
      return drmshow::run_why(options);
    case export_:
      return drmshow::run_export(options);
    case check:
      return drmshow::run_check(options);
    case run:
      return drmshow::run_run(options);
    case gc:
      return drmshow::run_gc(options);
    case complete:
      return drmshow::run_complete(options);
  }
  return 0;
}

int run_main(int argc, char** argv) {
  const auto options = drmshow::parse_trace_options(argc, argv);
  return options ? answer(*options) : 0;
}

}  // namespace

int main(int argc, char** argv) {
  return drmshow::run_program("drm-trace", [&] { return run_main(argc, argv); });
}
