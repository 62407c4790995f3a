// The lines of `dump` and `tail`. Pure.
#pragma once

#include <span>
#include <string>

#include "drm-show/recording.hpp"
#include "trace/day_clock.hpp"
#include "trace/options.hpp"

namespace drmshow {

/// How a record's time is written.
struct DumpClock {
  TraceClock clock = TraceClock::relative;
  Time begin{};  ///< RecordingInfo's
  DayClock day{Nanoseconds{}};
};

/// "   0.016120   4711  commit stream=0 output=0 frame=17 …", with its line's end.
std::string dump_line(const Record& record, const DumpClock& clock);
std::string dump_lines(std::span<const Record> records, const DumpClock& clock, TraceFormat format);

/// What there is to say behind the records, in sentences, a line each: what is missing, and how it
/// ended. `live`: the writer still runs.
std::string dump_end(const RecordingInfo& info, const RecordBatch& batch, bool live);

}  // namespace drmshow
