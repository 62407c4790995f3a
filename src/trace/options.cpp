#include "trace/options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/command_line.hpp"
#include "base/nearest.hpp"
#include "drm-show/error.hpp"
#include "trace/command_words.hpp"
#include "trace/verb_options.hpp"
#include "version.hpp"

namespace drmshow {
namespace {

constexpr const char* description =
    "Reads what drm-show has recorded: each frame from its drawing to the screen, and why it was\n"
    "late. Works while drm-show runs, without disturbing it, and after its death.";

constexpr const char* footer =
    R"(What to ask (WHAT), of a recording (PID or FILE; without it, of the only one there is):
  list                     the recordings there are; also without WHAT
  summary [PID|FILE]       did it stutter, and why: frames, missed blanks, times of each output
  why FRAME [PID|FILE]     the story of one frame: a number, STREAM:NUMBER, last, or missed
  dump [PID|FILE]          every record, a line for each
  tail [PID|FILE]          the last records, and those to come, until the program ends
  export [PID|FILE]        the timeline for ui.perfetto.dev, or with --json or --svg
  check [PID|FILE]         whether all of it is what the ring of framebuffers may do
  run -- COMMAND...        runs COMMAND and records it with the kernel's and compositor's events
  gc                       removes recordings that dead programs have left in memory
  complete [-- WORD...]    what could come next (for shells)

Examples:
  drm-trace                                    which recordings there are
  drm-trace summary                            did it stutter, and why
  drm-trace why missed                         the last frame that came late
  drm-trace dump 1234 --clock wall | less      what happened at 3 a.m.
  drm-trace export 1234 --perfetto -o wall.pftrace

Exit codes:
  0 ok                     2 wrong usage        8 unreadable recording
  1 unexpected fault       4 no permission     10 no such recording or frame
                         13 check found a fault

See drm-trace(1) for the whole story.)";

constexpr std::array<std::string_view, 10> verbs{"list",   "dump",  "tail", "summary", "why",
                                                 "export", "check", "run",  "gc",      "complete"};
static_assert(verbs.size() == static_cast<std::size_t>(TraceVerb::complete) + 1);

// What is parsed before it means something.
struct TraceTexts {
  std::vector<std::string> words;
  std::string clock = "relative";
  std::string older_than;
  bool json = false;
  bool perfetto = false;
  bool svg = false;
  bool no_kernel = false;
  bool no_protocol = false;
};

void add_trace_options(CLI::App& app, TraceOptions& options, TraceTexts& texts) {
  app.add_option("WHAT", texts.words, "What to ask, see below")->type_name("");
  app.add_flag("-j,--json", texts.json, "JSON instead of text; with dump and tail, one a line")
      ->group("Output");
  app.add_flag("--perfetto", texts.perfetto,
               "With export and run: for ui.perfetto.dev (the default)")
      ->group("Output");
  app.add_flag("--svg", texts.svg, "With export and run: a picture")->group("Output");
  app.add_option("--around", options.around,
                 "With export: only the time around FRAME: as of why, or missed")
      ->type_name("FRAME")
      ->group("Output");
  app.add_option("-o,--output", options.output, "With export and run: write here")
      ->type_name("FILE")
      ->group("Output");
  app.add_option("--clock", texts.clock,
                 "With dump and tail: relative (to the begin), monotonic or wall")
      ->type_name("CLOCK")
      ->group("Output");
  app.add_flag("--no-kernel", texts.no_kernel, "With run: without the kernel's events")
      ->group("Running");
  app.add_flag("--no-protocol", texts.no_protocol, "With run: without the compositor's messages")
      ->group("Running");
  app.add_option("--older-than", texts.older_than,
                 "With gc: only what is older (90s, 5m, 12h, 30d), and saved recordings too")
      ->type_name("AGE")
      ->group("Removing");
  app.add_flag("-n,--dry-run", options.dry_run, "With gc: only say what would be removed")
      ->group("Removing");
  app.set_help_flag("-h,--help", "Print this help and end")->group("Output");
  app.set_version_flag("--version", "drm-trace " DRMSHOW_VERSION)
      ->description("Print the version and end")
      ->group("Output");
}

TraceVerb trace_verb_of(const std::string& word) {
  const auto found = std::ranges::find(verbs, word);
  if (found != verbs.end()) return static_cast<TraceVerb>(found - verbs.begin());
  const std::vector<std::string> names{verbs.begin(), verbs.end()};
  throw Error{Failure::usage, fmt::format("\"{}\" is nothing that can be asked", word),
              did_you_mean(word, names) + "See drm-trace --help."};
}

TraceClock trace_clock_of(const std::string& word) {
  if (word == "relative") return TraceClock::relative;
  if (word == "monotonic") return TraceClock::monotonic;
  if (word == "wall") return TraceClock::wall;
  throw Error{Failure::usage,
              fmt::format("--clock: \"{}\" is none of relative, monotonic, wall", word)};
}

void expect_at_most(std::size_t count, const std::vector<std::string>& words) {
  if (words.size() <= count) return;
  throw Error{Failure::usage,
              fmt::format("{}: \"{}\" is one word too many", words.front(), words[count]),
              "See drm-trace --help."};
}

void apply_why_words(const std::vector<std::string>& words, TraceOptions& options) {
  if (words.size() < 2) {
    throw Error{Failure::usage, "why: which frame?",
                "Say its number, \"last\", or \"missed\" for the last one that came late."};
  }
  expect_at_most(3, words);
  options.frame = words[1];
  if (words.size() > 2) options.recording = words[2];
}

void apply_command_words(const std::vector<std::string>& words, TraceOptions& options) {
  options.command.assign(words.begin() + 1, words.end());
  if (options.verb != TraceVerb::run || !options.command.empty()) return;
  throw Error{Failure::usage, "run: what?", "Say drm-trace run -- drm-show --pattern bounce."};
}

void apply_words(const std::vector<std::string>& words, TraceOptions& options) {
  if (words.empty()) return;
  options.verb = trace_verb_of(words.front());
  switch (options.verb) {
    case TraceVerb::list:
    case TraceVerb::gc:
      return expect_at_most(1, words);
    case TraceVerb::why:
      return apply_why_words(words, options);
    case TraceVerb::run:
    case TraceVerb::complete:
      return apply_command_words(words, options);
    default:
      expect_at_most(2, words);
  }
  if (words.size() > 1) options.recording = words[1];
}

void apply_trace_texts(const TraceTexts& texts, TraceOptions& options) {
  if (int{texts.json} + int{texts.perfetto} + int{texts.svg} > 1) {
    throw Error{Failure::usage, "more than one of --json, --perfetto and --svg",
                "Leave out all but one of them."};
  }
  apply_words(texts.words, options);
  if (texts.json) options.format = TraceFormat::json;
  if (texts.perfetto) options.format = TraceFormat::perfetto;
  if (texts.svg) options.format = TraceFormat::svg;
  options.kernel = !texts.no_kernel;
  options.protocol = !texts.no_protocol;
  options.clock = trace_clock_of(texts.clock);
  if (texts.older_than.empty()) return;
  options.older_than = parse_age(texts.older_than);
  if (!options.older_than) {
    throw Error{Failure::usage,
                fmt::format("--older-than: \"{}\" is no length of time", texts.older_than),
                "Say for example 90s, 5m, 12h or 30d."};
  }
}

void require_options_of(const CLI::App& app, TraceVerb verb) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->count() == 0 || option->get_lnames().empty()) continue;
    require_option_of("--" + option->get_lnames().front(), verb);
  }
}

bool has_value(const CLI::App& app, std::string_view name) {
  const CLI::Option* const option = app.get_option_no_throw(std::string{name});
  return option && option->get_items_expected_max() > 0;
}

}  // namespace

std::optional<TraceOptions> parse_trace_options(int argc, const char* const* argv) {
  TraceOptions options;
  TraceTexts texts;
  CLI::App app{description, "drm-trace"};
  app.footer(footer);
  app.get_formatter()->column_width(28);
  add_trace_options(app, options, texts);
  const auto words =
      with_marked_command({argv, static_cast<std::size_t>(argc)},
                          [&](std::string_view name) { return has_value(app, name); });
  if (parse_command_line(app, static_cast<int>(words.size()), words.data()) == Parsed::that_was_all)
    return std::nullopt;
  apply_trace_texts(texts, options);
  require_options_of(app, options.verb);
  return options;
}

std::optional<std::chrono::nanoseconds> parse_age(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (fault != std::errc{} || count < 0) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  constexpr std::int64_t day = 86400;
  constexpr std::int64_t most = 36525 * day;
  const std::int64_t seconds = unit.empty() || unit == "s" ? 1
                               : unit == "m"               ? 60
                               : unit == "h"               ? 3600
                               : unit == "d"               ? day
                                                           : 0;
  if (seconds == 0 || count > most / seconds) return std::nullopt;
  return std::chrono::seconds{count * seconds};
}

std::span<const std::string_view> trace_verb_names() {
  return verbs;
}

}  // namespace drmshow
