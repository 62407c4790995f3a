// A recording's header, of which nothing is to be believed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "drm-show/recording.hpp"
#include "record/record_format.hpp"

namespace drmshow {

struct RecordingLayout {
  std::uint64_t cells;
  std::uint64_t stamps_at;
  std::uint64_t cells_at;
};

/// Its magic and its version. Throws Error (bad_content), as the others here.
void check_header(const RecordingHeader& header);
/// Where its parts are, all within `size` bytes of a file.
RecordingLayout checked_layout(const RecordingHeader& header, std::uint64_t size);
RecordingInfo recording_info(const RecordingHeader& header, std::uint64_t size);
[[noreturn]] void throw_no_recording(const char* why);

}  // namespace drmshow
