// read-recording FILE [--ring-log]: a line for each record of a flight recording, for tests; or the
// ring log that its steps are.
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include "drm-show/recorder.hpp"
#include "drm-show/recording.hpp"
#include "present/present_log.hpp"

namespace drmshow {
namespace {

std::string line_of(const Record& record, Time since) {
  PresentLine line;
  return {line.data(),
          write_present_line(line, to_event(record.as<PresentRecord>(), record.time), since)};
}

std::string stream_text(const Record& record) {
  const auto stream = record.as<StreamRecord>();
  return "stream " + std::to_string(stream.stream) + ": slots " + std::to_string(stream.slots) +
         " policy " + name(stream.policy) + " outputs " + std::to_string(stream.outputs) +
         " return " + name(stream.slot_return) + "\n";
}

std::string text_of(const Record& record) {
  switch (record.tag) {
    case RecordTag::setting:
      return "setting " + std::string{record.text()} + "\n";
    case RecordTag::hotplug:
      return "hotplug " + std::string{record.text()} + "\n";
    case RecordTag::note:
      return "note " + std::string{record.text()} + "\n";
    case RecordTag::stream:
      return stream_text(record);
    case RecordTag::output:
      return "output " + std::string{record.text(record.as<OutputRecord>().text_at)} + "\n";
    case RecordTag::ring:
      return "ring " + std::to_string(record.as<RingRecord>().last_number) + "\n";
    case RecordTag::present:
      return line_of(record, Time{});
    case RecordTag::draw_begin:
    case RecordTag::draw_end: {
      const char* const what = record.tag == RecordTag::draw_begin ? "draw_begin " : "draw_end ";
      return what + std::to_string(record.as<DrawRecord>().frame) + "\n";
    }
    case RecordTag::missed:
      return "missed " + std::to_string(record.as<MissedRecord>().count) + "\n";
    case RecordTag::seat: {
      const auto seat = record.as<SeatRecord>();
      return "seat " + std::to_string(seat.ours) + " " + std::to_string(seat.cause) + "\n";
    }
    case RecordTag::error: {
      const auto error = record.as<ErrorRecord>();
      return "error " + std::to_string(error.failure) + " " + std::to_string(error.errnum) + " " +
             std::string{record.text(error.text_at)} + "\n";
    }
    default:
      return "tag " + std::to_string(static_cast<int>(record.tag)) + "\n";
  }
}

// A stream is said again and again; the log wants it once.
void print_ring_log(const RecordBatch& batch) {
  std::fputs("drm-show ring log 2\n", stdout);
  std::string known;
  for (const Record& record : batch.records) {
    if (record.tag == RecordTag::present) std::fputs(line_of(record, Time{}).c_str(), stdout);
    if (record.tag != RecordTag::stream || known.find(stream_text(record)) != std::string::npos)
      continue;
    known += stream_text(record);
    std::fputs(stream_text(record).c_str(), stdout);
  }
}

int run(const char* path, bool ring_log) {
  const RecordingFile file{path};
  const RecordBatch batch = file.read();
  if (ring_log) {
    print_ring_log(batch);
    return 0;
  }
  for (const Record& record : batch.records) std::fputs(text_of(record).c_str(), stdout);
  std::printf("end overwritten=%llu unfinished=%llu lost=%llu live=%d\n",
              static_cast<unsigned long long>(batch.overwritten),
              static_cast<unsigned long long>(batch.unfinished),
              static_cast<unsigned long long>(batch.lost), file.live() ? 1 : 0);
  return 0;
}

}  // namespace
}  // namespace drmshow

int main(int argc, char** argv) {
  try {
    if (argc < 2) return 2;
    return drmshow::run(argv[1], argc > 2 && std::string_view{argv[2]} == "--ring-log");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
