// What drm-trace's command line says.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drmshow {

enum class TraceVerb : std::uint8_t {
  list,
  dump,
  tail,
  summary,
  why,
  export_,
  check,
  run,
  gc,
  complete,
};

enum class TraceFormat : std::uint8_t { text, json, perfetto, svg };

/// What times count from.
enum class TraceClock : std::uint8_t {
  relative,   ///< the begin of the recording
  monotonic,  ///< CLOCK_MONOTONIC, as the kernel's log and tracepoints have it
  wall,       ///< the time of day
};

struct TraceOptions {
  TraceVerb verb = TraceVerb::list;
  /// PID or FILE; empty: the only one that there is.
  std::string recording;
  /// Of why: a number, STREAM:NUMBER, "last" or "missed".
  std::string frame;
  /// Of run: what to run; of complete: the words so far.
  std::vector<std::string> command;
  TraceFormat format = TraceFormat::text;
  TraceClock clock = TraceClock::relative;
  /// Where export and run write; empty: stdout for export, a name of its own for run.
  std::string output;
  /// Of export: only the time around this frame: a number, STREAM:NUMBER or "missed"; empty: all.
  std::string around;
  bool kernel = true;    ///< of run: the kernel's tracepoints too
  bool protocol = true;  ///< of run: messages to and from the compositor too
  bool dry_run = false;
  std::optional<std::chrono::nanoseconds> older_than;
};

/// Reads the command line. nullopt if that was all (--help, --version: printed). Throws Error
/// (usage).
std::optional<TraceOptions> parse_trace_options(int argc, const char* const* argv);

/// "90", "90s", "5m", "12h", "30d"; nullopt if it is none of these, or longer than 100 years.
std::optional<std::chrono::nanoseconds> parse_age(std::string_view text);

/// All verbs, in the order of the help.
std::span<const std::string_view> trace_verb_names();

}  // namespace drmshow
