#include "trace/timeline_files.hpp"

namespace drmshow {

void write_timeline(const Timeline& timeline, TimelineFormat format, const TimelineSink& sink) {
  switch (format) {
    case TimelineFormat::perfetto:
      return write_perfetto(timeline, sink);
    case TimelineFormat::json:
      return write_chrome_json(timeline, sink);
    case TimelineFormat::svg:
      return write_timeline_svg(timeline, sink);
  }
}

TimelineFormat timeline_format_of(std::string_view file) {
  if (file.ends_with(".json")) return TimelineFormat::json;
  if (file.ends_with(".svg")) return TimelineFormat::svg;
  return TimelineFormat::perfetto;
}

}  // namespace drmshow
