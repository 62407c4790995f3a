// Recordings of strangers: bytes → records → everything that drm-trace makes of them. Only bad
// content may come out of reading. Records lie in the batch's memory, one behind the other, and
// each cell of the ring is accounted for. What is said of them may reach a terminal.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "clean_text.hpp"
#include "drm-show/error.hpp"
#include "drm-show/recording.hpp"
#include "record/record_format.hpp"
#include "trace/dump.hpp"
#include "trace/replay_check.hpp"
#include "trace/story.hpp"
#include "trace/summary.hpp"
#include "trace/timeline_builder.hpp"
#include "trace/timeline_files.hpp"
#include "trace/why.hpp"

namespace {

using namespace drmshow;

void require(bool truth) {
  if (!truth) std::abort();
}

void check_text(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    require(fuzz::is_clean(text.substr(begin, end - begin)));
    begin = end + 1;
  }
}

std::uint64_t cells_of(const Record& record) {
  return (record_head_bytes + record.payload.size() + cell_bytes - 1) / cell_bytes;
}

void check_batch(const RecordBatch& batch, std::uint64_t capacity) {
  std::uint64_t next = 0;
  std::uint64_t cells = 0;
  unsigned bits = 0;  // of all payloads: a sanitizer sees what they lie in
  for (const Record& record : batch.records) {
    require(record.sequence >= next && record.sequence < batch.next);
    next = record.sequence + cells_of(record);
    cells += cells_of(record);
    for (const std::byte byte : record.payload) bits |= static_cast<unsigned>(byte);
  }
  require(next <= batch.next && cells <= capacity && bits <= 0xff);
}

// Where reading goes on, nothing is left out and nothing comes twice.
void check_going_on(std::span<const std::byte> file, const RecordBatch& all,
                    std::uint64_t capacity) {
  if (all.records.empty()) return;
  const std::uint64_t middle = all.records[all.records.size() / 2].sequence;
  const RecordBatch rest = read_records(file, middle);
  check_batch(rest, capacity);
  require(rest.next == all.next && rest.records.front().sequence == middle);
  require(rest.records.size() == all.records.size() - all.records.size() / 2);
  std::uint64_t cells = 0;
  for (const Record& record : rest.records) cells += cells_of(record);
  require(cells + rest.overwritten + rest.unfinished == rest.next - middle);
  check_batch(read_records(file, middle, Unfinished::stop), capacity);
  require(read_records(file, UINT64_MAX).records.empty());
}

void tell(const RecordingInfo& info, const RecordBatch& batch) {
  const DumpClock clock{
      .clock = TraceClock::wall, .begin = info.begin, .realtime_offset = info.realtime_offset};
  check_text(dump_lines(batch.records, clock, TraceFormat::text));
  check_text(dump_lines(batch.records, clock, TraceFormat::json));
  check_text(dump_end(info, batch, false));
  const Story story = tell_story(batch.records);
  const Summary summary = summarise(story);
  check_text(summary_text(summary, story, info, false));
  check_text(summary_json(summary, story, info, false));
  for (std::size_t i = 0; i < std::min<std::size_t>(story.frames.size(), 8); ++i) {
    check_text(why_text(story, i, info));
    check_text(why_json(story, i));
  }
  static_cast<void>(check_records(batch.records));
}

void draw(const RecordingInfo& info, const RecordBatch& batch) {
  TimelineBuilder builder{info};
  for (const Record& record : batch.records) builder.add(record);
  const Timeline timeline = builder.finish();
  for (const auto format : {TimelineFormat::perfetto, TimelineFormat::json, TimelineFormat::svg})
    write_timeline(timeline, format, [](std::string_view) {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = std::as_bytes(std::span{data, size});
  try {
    const RecordingInfo info = read_recording_info(file);
    const RecordBatch batch = read_records(file);
    check_batch(batch, info.capacity);
    check_going_on(file, batch, info.capacity);
    tell(info, batch);
    draw(info, batch);
  } catch (const Error& error) {
    require(error.failure() == Failure::bad_content);
  }
  return 0;
}
