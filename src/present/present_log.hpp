// The event log of a run: a line for each step of a presenter, for people, grep and awk, and for
// frame-ring-replay, which checks it against the model of the ring. docs/ring-log.md has the
// format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "drm-show/fd.hpp"
#include "drm-show/present_event.hpp"

namespace drmshow {

/// Memory that a line of the log surely fits into.
using PresentLine = std::array<char, 256>;

/// Writes one event's line, with its newline; the length of it. `since`: what the time counts from.
std::size_t write_present_line(PresentLine& line, const PresentEvent& event, Time since);

/// Names of the steps and of what they carry, as they are in the log.
const char* name(PresentStep step);
const char* name(RenderFence fence);
const char* name(RingPolicy policy);
const char* name(SlotReturn slot_return);

class PresentLog final : public PresentObserver {
 public:
  /// Creates the file, or empties it. Throws Error; so it does if that is a named pipe that nobody
  /// reads.
  PresentLog(const std::string& path, Time start);
  /// Writes what it can, without a word and without waiting.
  ~PresentLog() override;
  PresentLog(const PresentLog&) = delete;
  PresentLog& operator=(const PresentLog&) = delete;

  /// Says what ring the stream has. Before its first event.
  void add_stream(int number, const FrameRing& ring);
  /// Allocates nothing, does not throw, and does not wait for who reads a pipe: what cannot be
  /// written is left out, and noticed by flush().
  void on(const PresentEvent& event) override;
  /// So many lines were left out.
  std::uint64_t lost() const { return lost_; }
  /// Waits for a reader a little. Throws Error if anything could not be written.
  void flush();

 private:
  void add(std::string_view line);
  void write_out();

  // A second of two outputs at 60 Hz is about 20 KB.
  std::array<char, 1 << 16> buffer_;
  std::size_t used_ = 0;
  std::uint64_t lost_ = 0;
  int errnum_ = 0;  // of the first error
  UniqueFd fd_;
  std::string path_;
  Time start_;
};

}  // namespace drmshow
