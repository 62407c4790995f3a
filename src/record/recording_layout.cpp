#include "record/recording_layout.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

void require(bool truth, const char* otherwise) {
  if (!truth) throw_no_recording(otherwise);
}

template <std::size_t size>
std::string text_of(const std::array<char, size>& text) {
  return {text.begin(), std::find(text.begin(), text.end(), '\0')};
}

}  // namespace

void throw_no_recording(const char* why) {
  throw Error{Failure::bad_content, std::string{"this is not a recording: "} + why,
              "drm-trace list shows those that there are."};
}

void check_header(const RecordingHeader& header) {
  require(header.magic == RecordingHeader::right_magic, "it does not begin like one");
  if (header.major != RecordingHeader::our_major) {
    throw Error{Failure::bad_content,
                "this recording has format " + std::to_string(header.major) +
                    ", of which this program knows nothing",
                "Take the drm-trace that came with the program that wrote it."};
  }
}

// Each read once: whoever writes there may be an enemy.
RecordingLayout checked_layout(const RecordingHeader& header, std::uint64_t size) {
  const RecordingLayout layout{header.cells, header.stamps_at, header.cells_at};
  require(layout.cells != 0, "its writer has only begun to make it");
  require(header.cell_size == cell_bytes && std::has_single_bit(layout.cells) &&
              layout.cells >= most_record_cells && layout.cells <= most_cells,
          "its ring has a size that is not possible");
  const auto fits = [size](std::uint64_t at, std::uint64_t bytes) {
    return at % alignof(std::uint64_t) == 0 && at >= sizeof(RecordingHeader) && at <= size &&
           bytes <= size - at;
  };
  require(fits(layout.stamps_at, layout.cells * sizeof(StdAtomics::Word)) &&
              fits(layout.cells_at, layout.cells * cell_bytes),
          "a part of it is missing");
  return layout;
}

RecordingInfo recording_info(const RecordingHeader& header, std::uint64_t size) {
  check_header(header);
  RecordingInfo info;
  info.major = header.major;
  info.minor = header.minor;
  info.pid = static_cast<int>(header.pid);
  info.program = text_of(header.program);
  info.version = text_of(header.version);
  info.begin = Time{Nanoseconds{header.begin_ns}};
  info.realtime_offset = Nanoseconds{header.realtime_offset_ns};
  info.boot_id = text_of(header.boot_id);
  info.process_start = header.process_start;
  info.capacity = checked_layout(header, size).cells;
  info.ended = header.ended.load(std::memory_order_relaxed) != 0;
  if (header.died_ns > 0) info.died = Time{Nanoseconds{header.died_ns}};
  info.died_realtime_offset = Nanoseconds{header.died_realtime_offset_ns};
  info.died_boottime_offset = Nanoseconds{header.died_boottime_offset_ns};
  return info;
}

}  // namespace drmshow
