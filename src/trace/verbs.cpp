#include "trace/verbs.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "base/printable.hpp"
#include "drm-show/error.hpp"
#include "trace/complete.hpp"
#include "trace/dump.hpp"
#include "trace/gc.hpp"
#include "trace/output.hpp"
#include "trace/recordings.hpp"
#include "trace/story.hpp"
#include "trace/summary.hpp"
#include "trace/why.hpp"

namespace drmshow {
namespace {

constexpr std::size_t records_a_piece = 4096;  // a long dump is not kept whole

DumpClock dump_clock(const TraceOptions& options, const LoadedRecording& loaded) {
  return {options.clock, loaded.info.begin, DayClock{loaded.info, loaded.batch.records}};
}

// What stands there by now may be somebody else's: a PID is used again. Returns 0, or an errno.
int remove_recording(const RecordingEntry& entry, const GcRules& rules) {
  const RecordingEntry now = entry_of(entry.path, entry.pid, entry.place);
  if (!decide_gc(now, rules).remove) return 0;
  return ::unlink(entry.path.c_str()) == 0 || errno == ENOENT ? 0 : errno;
}

/// What gc does, a line for each recording. One that cannot be removed does not keep the others.
class GarbageCollection {
 public:
  GarbageCollection(const GcRules& rules, bool dry_run) : rules_{rules}, dry_run_{dry_run} {}

  void take(const RecordingEntry& entry) {
    const GcDecision decision = decide_gc(entry, rules_);
    any_ |= decision.remove;
    if (decision.remove && !dry_run_) return remove(entry, decision.why);
    tell(decision.remove ? "would remove" : "kept", entry, decision.why);
  }
  bool any() const { return any_; }
  int exit_code() const { return static_cast<int>(failure_); }

 private:
  void remove(const RecordingEntry& entry, const std::string& why) {
    const int errnum = remove_recording(entry, rules_);
    if (errnum == 0) return tell("removed", entry, why);
    tell("cannot remove", entry, std::generic_category().message(errnum));
    failure_ = errnum == EACCES || errnum == EPERM ? Failure::no_permission : Failure::unexpected;
  }
  // At once: what was done is told, whatever comes next.
  static void tell(const char* what, const RecordingEntry& entry, const std::string& why) {
    write_out(fmt::format("{} {}: {}\n", what, printable(entry.path), why));
  }

  const GcRules& rules_;
  bool dry_run_;
  bool any_ = false;
  Failure failure_{};
};

}  // namespace

int run_summary(const TraceOptions& options) {
  const LoadedRecording loaded = load_recording(options.recording);
  const Story story = tell_story(loaded.batch.records);
  const auto text = options.format == TraceFormat::json ? summary_json : summary_text;
  write_out(text(summarise(story), story, loaded.info, loaded.live));
  return 0;
}

int run_why(const TraceOptions& options) {
  const LoadedRecording loaded = load_recording(options.recording);
  const Story story = tell_story(loaded.batch.records);
  const std::size_t frame = choose_frame(story, options.frame);
  write_out(options.format == TraceFormat::json ? why_json(story, frame)
                                                : why_text(story, frame, loaded.info));
  return 0;
}

int run_complete(const TraceOptions& options) {
  std::string text;
  for (const std::string& word : complete_words(options.command, find_entries())) {
    text += word + "\n";
  }
  write_out(text);
  return 0;
}

int run_list(const TraceOptions& options) {
  const std::vector<RecordingEntry> entries = find_entries();
  write_out(options.format == TraceFormat::json ? list_json(entries)
                                                : list_text(entries, now_clocks()));
  return 0;
}

int run_dump(const TraceOptions& options) {
  const LoadedRecording loaded = load_recording(options.recording);
  const DumpClock clock = dump_clock(options, loaded);
  std::span<const Record> rest{loaded.batch.records};
  while (!rest.empty()) {
    const auto piece = rest.first(std::min(rest.size(), records_a_piece));
    if (!write_out(dump_lines(piece, clock, options.format))) return 0;
    rest = rest.subspan(piece.size());
  }
  if (options.format == TraceFormat::text) {
    write_out("\n" + dump_end(loaded.info, loaded.batch, loaded.live));
  }
  return 0;
}

int run_gc(const TraceOptions& options) {
  const GcRules rules{::geteuid(), options.older_than, now_clocks()};
  GarbageCollection collection{rules, options.dry_run};
  for (const RecordingEntry& entry : find_entries()) collection.take(entry);
  if (!collection.any()) write_out("Nothing to remove.\n");
  return collection.exit_code();
}

}  // namespace drmshow
