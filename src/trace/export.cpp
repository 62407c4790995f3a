#include "trace/export.hpp"

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "trace/recordings.hpp"
#include "trace/timeline_around.hpp"
#include "trace/timeline_builder.hpp"
#include "trace/timeline_save.hpp"

namespace drmshow {
namespace {

TimelineFormat format_of(const TraceOptions& options) {
  switch (options.format) {
    case TraceFormat::json:
      return TimelineFormat::json;
    case TraceFormat::perfetto:
      return TimelineFormat::perfetto;
    case TraceFormat::svg:
      return TimelineFormat::svg;
    case TraceFormat::text:
      return timeline_format_of(options.output);
  }
  return TimelineFormat::perfetto;
}

Timeline timeline_of(const LoadedRecording& recording) {
  TimelineBuilder builder{recording.info};
  for (const Record& record : recording.batch.records) builder.add(record);
  return builder.finish();
}

Timeline part_of(Timeline timeline, const std::string& around, int pid) {
  if (around.empty()) return timeline;
  const auto span = span_around(timeline, around, pid);
  if (!span) {
    throw Error{Failure::not_found, fmt::format("--around {}: nothing is told of it", around),
                "See drm-trace summary and drm-trace dump."};
  }
  return clipped(std::move(timeline), *span);
}

}  // namespace

int run_export(const TraceOptions& options) {
  const LoadedRecording recording = load_recording(options.recording);
  const Timeline timeline = part_of(timeline_of(recording), options.around, recording.info.pid);
  save_timeline(timeline, format_of(options), options.output);
  return 0;
}

}  // namespace drmshow
