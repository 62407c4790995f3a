// The flight recorder: what happened last, in shared memory that outlives the program.
//
//   Recorder recorder{{.program = "wall"}};
//   recorder.record(RecordTag::user, Sample{temperature});
//
// recording_observer.hpp writes every step of a presenter.
//
// It is a ring: the oldest records are overwritten. Writing takes no lock, does not allocate, and
// may be done by any thread and in signal handlers at the same time. Whoever dies in the middle of
// it, by SIGKILL or otherwise, loses that record and no other. At the end in order the memory is
// removed; after any other end it is there for `drm-trace dump PID`.
//
// A child of fork() has the recording of its parent: it may write to it, by thread numbers of its
// own, and its end changes nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "drm-show/export.hpp"
#include "drm-show/record_event.hpp"
#include "drm-show/time.hpp"

namespace drmshow {

/// What a payload may be: a struct of numbers. Texts and spans would be recorded as pointers.
template <class Payload>
concept RecordPayload = std::is_trivially_copyable_v<Payload> && !std::is_pointer_v<Payload> &&
                        !std::ranges::range<Payload>;

struct RecorderOptions {
  /// Memory for records. Rounded up to a power of two; 64 KiB to 1 GiB. A frame takes about half a
  /// KiB.
  std::size_t bytes = std::size_t{1} << 20;
  /// Where its file is made, of which nobody else can read or write anything (mode 0600). Empty:
  /// /dev/shm, or $XDG_RUNTIME_DIR if that is not there.
  std::string directory = {};
  std::string program = {};  ///< for lists; at most 31 characters count
  std::string version = {};  ///< likewise
};

class DRMSHOW_API Recorder {
 public:
  /// Payloads longer than this are cut off.
  static constexpr std::size_t most_payload = 4080;

  /// Throws Error: usage (a size that is not possible), unexpected (no such memory).
  explicit Recorder(const RecorderOptions& options);
  /// Removes the file, unless keep() was called, or this is a child of who made it.
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// Writes a record. False, which lost() counts, if so many other threads have stopped in the
  /// middle of one that there was no place. Async-signal-safe.
  bool record(RecordTag tag, std::span<const std::byte> payload, Time time) noexcept;
  /// ... of now, by a clock that is cheaper to read than Clock where that is safe.
  bool record(RecordTag tag, std::span<const std::byte> payload) noexcept;

  template <RecordPayload Payload>
  bool record(RecordTag tag, const Payload& payload, Time time) noexcept {
    return record(tag, std::as_bytes(std::span{&payload, 1}), time);
  }
  template <RecordPayload Payload>
  bool record(RecordTag tag, const Payload& payload) noexcept {
    return record(tag, std::as_bytes(std::span{&payload, 1}));
  }
  /// Of tags whose payload is a text, or ends with one: `payload` first, whose text_at is set.
  bool record_text(RecordTag tag, std::string_view text) noexcept;
  bool record_text(OutputRecord payload, std::string_view text) noexcept;
  bool record_text(ErrorRecord payload, std::string_view text) noexcept;

  /// The file stays, as after a crash.
  void keep() noexcept;
  const std::string& path() const noexcept;
  std::uint64_t lost() const noexcept;
  /// In cells of 64 bytes: how many there are, and how many have been written so far.
  std::uint64_t capacity() const noexcept;
  std::uint64_t written() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// As a record; `stream`: its number in the recording.
DRMSHOW_API PresentRecord to_record(const PresentEvent& event, std::uint8_t stream) noexcept;
DRMSHOW_API MissedRecord to_record(const MissedBlanks& missed, std::uint8_t stream) noexcept;
/// And back. What steps and fences there are newer writers may know better.
DRMSHOW_API PresentEvent to_event(const PresentRecord& record, Time time) noexcept;
DRMSHOW_API RingRecord to_record(const FrameRing& ring, std::uint8_t stream) noexcept;

}  // namespace drmshow
