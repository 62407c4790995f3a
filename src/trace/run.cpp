#include "trace/run.hpp"

#include <array>
#include <ctime>
#include <string>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "trace/run_capture.hpp"
#include "trace/run_timeline.hpp"
#include "trace/timeline_save.hpp"

namespace drmshow {
namespace {

TimelineFormat run_format(const TraceOptions& options) {
  if (options.format == TraceFormat::json) return TimelineFormat::json;
  if (options.format == TraceFormat::svg) return TimelineFormat::svg;
  if (options.format == TraceFormat::perfetto) return TimelineFormat::perfetto;
  return timeline_format_of(options.output);
}

std::string file_name(const TraceOptions& options) {
  if (!options.output.empty()) return options.output;
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y%m%d-%H%M%S", &local);
  const TimelineFormat format = run_format(options);
  const char* const ending = format == TimelineFormat::json  ? "json"
                             : format == TimelineFormat::svg ? "svg"
                                                             : "pftrace";
  return fmt::format("drm-trace-{}.{}", text.data(), ending);
}

Nanoseconds realtime_offset_now() {
  return std::chrono::system_clock::now().time_since_epoch() - Clock::now().time_since_epoch();
}

}  // namespace

int run_run(const TraceOptions& options) {
  const std::string file = file_name(options);
  if (file == "-") {
    throw Error{Failure::usage, "-o -: what the program says goes there",
                "Give the timeline a file of its own."};
  }
  RunCapture capture = run_and_capture({options.command, options.kernel, options.protocol});
  const RunStory story = story_of_run(capture, realtime_offset_now());
  for (const std::string& note : story.notes) fmt::print(stderr, "drm-trace: {}\n", note);
  save_timeline(story.timeline, run_format(options), file);
  fmt::print(stderr, "drm-trace: the timeline is in {}\n", file);
  return capture.exit_code;
}

}  // namespace drmshow
