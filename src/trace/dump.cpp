#include "trace/dump.hpp"

#include <fmt/format.h>

#include "ring/time_math.hpp"
#include "trace/record_fields.hpp"
#include "trace/times.hpp"

namespace drmshow {
namespace {

std::string clock_text(Time time, const DumpClock& clock) {
  switch (clock.clock) {
    case TraceClock::relative:
      return seconds_text(between(clock.begin, time));
    case TraceClock::monotonic:
      return seconds_text(time.time_since_epoch());
    case TraceClock::wall:
      return wall_text(time, clock.day.offset_at(time));
  }
  return {};
}

std::string end_text(const RecordingInfo& info, bool live) {
  if (live) return fmt::format("PID {} is still recording.\n", info.pid);
  if (info.ended) return fmt::format("PID {} has ended in order.\n", info.pid);
  return fmt::format("PID {} has died, or was killed: this is the last that it recorded.\n",
                     info.pid);
}

// Cells are numbered from the size of the ring on.
std::string begin_text(const RecordingInfo& info, const RecordBatch& batch) {
  if (batch.records.empty() || batch.records.front().sequence <= info.capacity) return {};
  return fmt::format(
      "What was recorded before {} s is overwritten: {} of {} cells ever written. drm-show "
      "--record SIZE keeps more.\n",
      seconds_text(between(info.begin, batch.records.front().time)),
      batch.records.front().sequence - info.capacity, batch.next - info.capacity);
}

std::string missing_text(const RecordBatch& batch, bool live) {
  std::string text;
  if (batch.overwritten > 0) {
    text += fmt::format("{} cells were overwritten while they were read.\n", batch.overwritten);
  }
  if (batch.unfinished > 0) {
    text += fmt::format(
        "{} not whole: {}.\n",
        batch.unfinished == 1 ? "1 cell is" : fmt::format("{} cells are", batch.unfinished),
        live ? "somebody is writing there" : "its writer died there");
  }
  if (batch.lost > 0) {
    text += fmt::format("{} records found no place, and are lost.\n", batch.lost);
  }
  return text;
}

}  // namespace

std::string dump_line(const Record& record, const DumpClock& clock) {
  return fmt::format("{:>13}  {:>6}  {}\n", clock_text(record.time, clock), record.thread,
                     record_words(record, [&](Time time) { return clock_text(time, clock); }));
}

std::string dump_lines(std::span<const Record> records, const DumpClock& clock,
                       TraceFormat format) {
  std::string text;
  for (const Record& record : records) {
    text += format == TraceFormat::json ? record_json(record) : dump_line(record, clock);
  }
  return text;
}

std::string dump_end(const RecordingInfo& info, const RecordBatch& batch, bool live) {
  const std::string count = batch.records.empty()
                                ? "There are no records.\n"
                                : fmt::format("{} records. ", batch.records.size());
  return count + end_text(info, live) + begin_text(info, batch) + missing_text(batch, live);
}

}  // namespace drmshow
