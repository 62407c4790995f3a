// Follows a recording while it is written. Thin.
#include <algorithm>
#include <span>
#include <string>
#include <thread>

#include "drm-show/recording.hpp"
#include "trace/dump.hpp"
#include "trace/follower.hpp"
#include "trace/output.hpp"
#include "trace/recordings.hpp"
#include "trace/verbs.hpp"

namespace drmshow {
namespace {

constexpr std::chrono::milliseconds idle_pause{20};  // a frame's time: nobody reads faster
constexpr int idle_before_live = 25;                 // half a second: it costs a look into /proc
constexpr std::size_t first_lines = 20;

/// What a follower has seen so far.
class TailFollower {
 public:
  TailFollower(const RecordingFile& file, const TraceOptions& options)
      : file_{file},
        clock_{options.clock, file.info().begin, DayClock{file.info().realtime_offset}},
        format_{options.format} {}

  /// False if nobody reads the lines any more.
  bool show_last() {
    const RecordBatch batch = follower_.read_new(file_);
    const std::span<const Record> all{batch.records};
    clock_.day = DayClock{file_.info(), all};
    return write_out(dump_lines(all.last(std::min(all.size(), first_lines)), clock_, format_));
  }

  bool show_new(bool live) {
    const RecordBatch batch = live ? follower_.read_new(file_) : follower_.read_rest(file_);
    idle_ = batch.records.empty() ? idle_ + 1 : 0;
    for (const ClockNote& note : clock_notes(batch.records)) clock_.day.add(note);
    std::string text = dump_lines(batch.records, clock_, format_);
    if (batch.overwritten > 0 && format_ == TraceFormat::text) {
      text = std::to_string(batch.overwritten) +
             " cells were overwritten before they could be read.\n" + text;
    }
    return write_out(text);
  }

  bool long_idle() const { return idle_ % idle_before_live == idle_before_live - 1; }

 private:
  const RecordingFile& file_;
  DumpClock clock_;
  TraceFormat format_;
  Follower follower_;
  int idle_ = 0;
};

// Who ends in order removes the file.
std::string how_it_ended(const std::string& path, int pid) {
  const RecordingEntry now = entry_of(path, pid, RecordingPlace::memory);
  const bool died = now.state == RecordingState::died;
  return "PID " + std::to_string(pid) + (died ? " has died, or was killed.\n" : " has ended.\n");
}

}  // namespace

int run_tail(const TraceOptions& options) {
  const std::string path = recording_to_follow(options.recording);
  const RecordingFile file{path};
  TailFollower follower{file, options};
  if (!follower.show_last()) return 0;
  bool live = file.live();
  while (live) {
    std::this_thread::sleep_for(idle_pause);
    // Asked before reading: what was written before the end is read after it.
    if (follower.long_idle()) live = file.live();
    if (!follower.show_new(live)) return 0;
  }
  if (options.format == TraceFormat::text) write_out(how_it_ended(path, file.info().pid));
  return 0;
}

}  // namespace drmshow
