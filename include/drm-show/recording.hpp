// Reads what a flight recorder has written: while it writes, without disturbing it, or after its
// end. A recording may be anything, a damaged file or one made to harm us: what is not a whole
// record is skipped, and counted. A RecordingFile copies what it reads, the new cells only:
// somebody who makes the file shorter meanwhile causes an Error, and no SIGBUS.
//
//   RecordingFile file{find_recording(pid)};
//   RecordBatch batch = file.read();             // all there is
//   for (const Record& record : batch.records()) …
//   batch = file.read(batch.next);               // what has been written since
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "drm-show/export.hpp"
#include "drm-show/record_event.hpp"
#include "drm-show/time.hpp"

namespace drmshow {

struct RecordingInfo {
  std::uint16_t major = 0;  ///< of the format
  std::uint16_t minor = 0;
  int pid = 0;
  std::string program;
  std::string version;
  Time begin{};                     ///< when recording began
  Nanoseconds realtime_offset{};    ///< CLOCK_REALTIME minus CLOCK_MONOTONIC then
  std::string boot_id;              ///< /proc/sys/kernel/random/boot_id
  std::uint64_t process_start = 0;  ///< field 22 of /proc/PID/stat: PIDs are used again
  std::uint64_t capacity = 0;       ///< of the ring, in records of up to 48 bytes
  bool ended = false;               ///< in order
  /// When its writer was found dead, as who saved it has noted; and what ClockRecord says, then.
  std::optional<Time> died = {};
  Nanoseconds died_realtime_offset{};
  Nanoseconds died_boottime_offset{};
};

/// In the memory of the batch that it belongs to.
struct Record {
  std::uint64_t sequence = 0;  ///< grows in the order in which records were begun
  Time time{};
  RecordTag tag{};
  std::uint32_t thread = 0;
  std::span<const std::byte> payload;

  /// As this type; what the writer did not know is 0.
  template <class Payload>
  requires std::is_trivially_copyable_v<Payload> Payload as()
  const {
    Payload value{};
    std::memcpy(&value, payload.data(),
                payload.size() < sizeof value ? payload.size() : sizeof value);
    return value;
  }
  /// All of the payload, or what is behind a payload that says where (text_at).
  std::string_view text(std::size_t at = 0) const {
    if (at > payload.size()) return {};
    return {reinterpret_cast<const char*>(payload.data()) + at, payload.size() - at};
  }
};

struct RecordBatch {
  std::vector<Record> records;    ///< by sequence
  std::uint64_t next = 0;         ///< for the next read()
  std::uint64_t head = 0;         ///< the first sequence that no writer had taken yet
  std::uint64_t overwritten = 0;  ///< cells that were gone before they could be read
  std::uint64_t unfinished = 0;   ///< cells whose writer is still at it, or died there
  std::uint64_t lost = 0;         ///< records for which the writer found no place, since its begin
  std::unique_ptr<std::byte[]> memory;  // of the payloads
};

/// What to do about a cell that is not whole yet. Its writer may be about to finish it, or is dead.
enum class Unfinished : std::uint8_t {
  skip,  ///< leave it out, and count it
  stop,  ///< end the batch before it: the next one begins there
};

class DRMSHOW_API RecordingFile {
 public:
  /// Throws Error: not_found, no_permission, bad_content (not a recording, or of a major version
  /// that is not ours).
  explicit RecordingFile(const std::string& path);
  ~RecordingFile();
  RecordingFile(RecordingFile&&) noexcept;
  RecordingFile& operator=(RecordingFile&&) noexcept;

  const RecordingInfo& info() const;
  /// Whole records from this sequence on. Throws Error (bad_content) if a part of the file has
  /// gone.
  /// `given_up`: unfinished cells before this sequence are left out in any case.
  RecordBatch read(std::uint64_t from = 0, Unfinished unfinished = Unfinished::skip,
                   std::uint64_t given_up = 0) const;
  /// Whether its writer still runs on this machine. Throws Error, likewise.
  bool live() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A recording in memory: what a RecordingFile does after opening. Throws Error (bad_content).
DRMSHOW_API RecordingInfo read_recording_info(std::span<const std::byte> file);
DRMSHOW_API RecordBatch read_records(std::span<const std::byte> file, std::uint64_t from = 0,
                                     Unfinished unfinished = Unfinished::skip);

/// Where recorders put their files: those of everybody that we may see.
struct FoundRecording {
  std::string path;
  int pid = 0;
};
DRMSHOW_API std::vector<FoundRecording> find_recordings();

}  // namespace drmshow
