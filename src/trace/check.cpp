#include "trace/check.hpp"

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "trace/output.hpp"
#include "trace/recordings.hpp"
#include "trace/times.hpp"

namespace drmshow {
namespace {

std::string counted(std::uint64_t count, const std::string& what, const std::string& several) {
  return fmt::format("{} {}", count, count == 1 ? what : several);
}
std::string counted(std::uint64_t count, const std::string& what) {
  return counted(count, what, what + "s");
}

std::string divergence_text(const Divergence& found, const RecordingInfo& info) {
  std::string text = fmt::format(
      "{}: stream {} does what the model of the ring cannot do: {}\n"
      "  It is record {}; drm-trace dump shows what was before it.\n",
      seconds_text(found.time - info.begin), found.stream, found.why, found.sequence);
  if (!found.before.empty()) text += fmt::format("  The ring before it: {}\n", found.before);
  return text +
         "  That is a fault of the program that was recorded: please report it, with the "
         "recording.\n";
}

std::string left_out_text(const CheckResult& result) {
  std::string text;
  if (result.skipped > 0) {
    text += fmt::format("{} could not be checked: no state of the ring is known before.\n",
                        counted(result.skipped, "step"));
  }
  if (result.unknown > 0) {
    text += fmt::format(
        "{} only a newer program than this one knows; behind each the check begins anew with the "
        "next state of the ring.\n",
        counted(result.unknown, "step or state", "steps or states"));
  }
  if (result.gaps > 0) {
    text += fmt::format("Records are missing at {}; behind each the check begins anew.\n",
                        counted(result.gaps, "place"));
  }
  return text;
}

}  // namespace

std::string check_text(const CheckResult& result, const RecordingInfo& info) {
  std::string text;
  if (result.divergence) text = divergence_text(*result.divergence, info);
  if (result.steps > 0 || result.divergence) {
    text += fmt::format("{} of {}{}: each is a step of the model\n", counted(result.steps, "step"),
                        counted(result.streams, "stream"), result.divergence ? " before it" : "");
  } else {
    text += "There is no step of a ring in this recording that could be checked.\n";
  }
  if (result.states > 0) {
    text += fmt::format("{} of a ring recorded in between: each as the model has it\n",
                        counted(result.states, "state"));
  }
  return text + left_out_text(result);
}

int run_check(const TraceOptions& options) {
  const LoadedRecording loaded = load_recording(options.recording);
  const CheckResult result = check_records(loaded.batch.records);
  write_out(check_text(result, loaded.info));
  if (result.divergence) return exit_diverges;
  return result.steps > 0 ? 0 : static_cast<int>(Failure::not_found);
}

}  // namespace drmshow
