// The event log of a run: a line for each step of a presenter, for people, grep and awk, and for
// frame-ring-replay, which checks it against the model of the ring. docs/ring-log.md has the
// format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>

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
  /// Creates the file, or empties it, and writes the first line. Throws Error.
  PresentLog(const std::string& path, Time start);

  /// Says what ring the stream has. Before its first event.
  void add_stream(int number, const FrameRing& ring);
  /// Allocates nothing and does not throw: what cannot be written is noticed by flush().
  void on(const PresentEvent& event) override;
  /// Throws Error if anything could not be written. The destructor flushes as well, silently.
  void flush();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  // The file's buffer; outlives it. A second of two outputs at 60 Hz is about 20 KB.
  std::array<char, 1 << 16> buffer_;
  std::unique_ptr<std::FILE, Close> file_;
  std::string path_;
  Time start_;
};

}  // namespace drmshow
