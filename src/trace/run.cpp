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
  return fmt::format("drm-trace-{}.{}", text.data(), timeline_ending(run_format(options)));
}

Nanoseconds realtime_offset_now() {
  return std::chrono::system_clock::now().time_since_epoch() - Clock::now().time_since_epoch();
}

// What was gathered in a night is not lost because a disk is full. Returns where it is.
std::string saved_somewhere(const Timeline& timeline, TimelineFormat format, TimelineFile& file) {
  try {
    file.save(timeline, format);
    return file.path();
  } catch (const Error& error) {
    fmt::print(stderr, "drm-trace: {}\n", error.what());
  }
  TimelineFile other = TimelineFile::temporary(format);
  other.save(timeline, format);
  return other.path();
}

}  // namespace

int run_run(const TraceOptions& options) {
  const std::string file = file_name(options);
  if (file == "-") {
    throw Error{Failure::usage, "-o -: what the program says goes there",
                "Give the timeline a file of its own."};
  }
  TimelineFile target{file};
  RunCapture capture = run_and_capture({options.command, options.kernel, options.protocol});
  const RunStory story = story_of_run(capture, realtime_offset_now());
  for (const std::string& note : story.notes) fmt::print(stderr, "drm-trace: {}\n", note);
  const std::string path = saved_somewhere(story.timeline, run_format(options), target);
  fmt::print(stderr, "drm-trace: the timeline is in {}\n", path);
  return capture.exit_code;
}

}  // namespace drmshow
