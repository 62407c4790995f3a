#include "query/options.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/command_line.hpp"
#include "base/surroundings.hpp"
#include "drm-show/error.hpp"
#include "version.hpp"

namespace drmshow {
namespace {

constexpr const char* description =
    "Tells everything that the kernel knows about displays and the hardware behind them. It "
    "changes\n"
    "nothing, and works while a compositor runs.";

constexpr const char* footer = R"(What to ask (WHAT):
  list                     what is connected, at what mode, through what; also without WHAT
  tree                     everything
  show OBJECT, OBJECT      one object: DP-1, crtc/57, plane/31, card1/HDMI-A-1, card0
  get PATH                 one value: DP-1.vrr_capable, card0/plane/31.IN_FORMATS, card0.caps.PRIME
  formats                  which planes take which format with which modifier
  graph [text|dot|svg]     how framebuffers, planes, CRTCs, encoders and connectors are connected
  explain [PROPERTY]       what a property or capability means; all that there are
  diff BEFORE [AFTER]      what is different between two saved reports, or a report and now
  watch                    changes as they happen; with --json a line for each
  shell                    all of these at a prompt with completion
  complete [-- WORD...]    what could come next (for shells)

Examples:
  drm-query                                    one screen: what is connected
  drm-query DP-1                               all about one output
  drm-query get DP-1.EDID --raw | edid-decode
  drm-query --json > before.json               save a report; look at it with --from before.json
  drm-query diff before.json                   what has changed since
  drm-query graph svg > routing.svg

Exit codes:
  0 ok                     3 no such device    9 device lost
  1 unexpected fault       4 no permission    10 no such object or property
  2 wrong usage            8 unreadable file  11 diff found differences

See drm-query(1) for the whole story.)";

// What is parsed before it means something.
struct Texts {
  std::string file;
  std::string colour = "auto";
  double interval = 1;
  bool json = false;
  bool raw = false;
  bool ascii = false;
  bool probe = false;
  bool possible = false;
};

void add_source_options(CLI::App& app, QueryOptions& options, Texts& texts) {
  app.add_option("WHAT", options.words, "What to ask, see below")->type_name("");
  app.add_option("-d,--device", options.source.device,
                 "Only this: path, card1, 1, driver (virtio_gpu) or PCI slot (0000:00:02.0)")
      ->type_name("DEVICE")
      ->group("Where from");
  app.add_option("-f,--from", texts.file, "A report that --json or drm_info -j saved (- is stdin)")
      ->type_name("FILE")
      ->group("Where from");
  app.add_flag("--probe", texts.probe,
               "Ask the hardware anew what is connected (slow; only if nobody is master)")
      ->group("Where from");
}

void add_output_options(CLI::App& app, Texts& texts) {
  app.add_flag("-j,--json", texts.json, "JSON instead of text: see drm-query(1)")->group("Output");
  app.add_flag("--raw", texts.raw, "With get: the bare number, or the bytes of a blob")
      ->group("Output");
  app.add_flag("--possible", texts.possible, "With graph: also what could be routed where")
      ->group("Output");
  app.add_option("--interval", texts.interval,
                 "With watch: also look every so many seconds (1); 0: only when told")
      ->type_name("SECONDS")
      ->group("Output");
  app.add_flag("--ascii", texts.ascii, "No characters beyond ASCII")->group("Output");
  app.add_option("--color", texts.colour, "auto, always or never (NO_COLOR is honoured)")
      ->type_name("WHEN")
      ->group("Output");
  app.set_help_flag("-h,--help", "Print this help and end")->group("Output");
  app.set_version_flag("--version", "drm-query " DRMSHOW_VERSION)
      ->description("Print the version and end")
      ->group("Output");
}

bool wants_colour(const std::string& when) {
  if (when == "always") return true;
  if (when == "never") return false;
  if (when != "auto") {
    throw Error{Failure::usage,
                fmt::format("--color: \"{}\" is none of auto, always, never", when)};
  }
  const char* no_colour = std::getenv("NO_COLOR");  // see no-color.org: any text but an empty one
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDOUT_FILENO) != 0 && !(no_colour && *no_colour != '\0') && terminal &&
         std::string_view{terminal} != "dumb";
}

void apply(const Texts& texts, QueryOptions& options) {
  if (texts.json && texts.raw) {
    throw Error{Failure::usage, "--json and --raw at the same time", "Leave out one of them."};
  }
  if (texts.json) options.output = Output::json;
  if (texts.raw) options.output = Output::raw;
  options.source.file = texts.file;
  if (texts.probe) options.source.probe = ProbePolicy::probe;
  if (texts.possible) options.edges = Edges::possible;
  constexpr double day = 86400;
  if (!(texts.interval >= 0 && texts.interval <= day)) {
    throw Error{Failure::usage, "--interval: not a length of time", "Say seconds, such as 0.5."};
  }
  options.interval = std::chrono::duration<double>{texts.interval};
  options.style = {!texts.ascii && speaks_utf8(), wants_colour(texts.colour), terminal_width()};
}

void add_all(CLI::App& app, QueryOptions& options, Texts& texts) {
  add_source_options(app, options, texts);
  add_output_options(app, texts);
}

}  // namespace

std::optional<QueryOptions> parse_query_options(int argc, const char* const* argv) {
  QueryOptions options;
  Texts texts;
  CLI::App app{description, "drm-query"};
  app.footer(footer);
  app.get_formatter()->column_width(28);
  add_all(app, options, texts);
  if (parse_command_line(app, argc, argv) == Parsed::that_was_all) return std::nullopt;
  apply(texts, options);
  return options;
}

std::vector<OptionName> query_option_names() {
  QueryOptions options;
  Texts texts;
  CLI::App app{description, "drm-query"};
  add_all(app, options, texts);
  std::vector<OptionName> names;
  for (const CLI::Option* option : app.get_options()) {
    const bool takes_value = option->get_items_expected_max() > 0;
    for (const std::string& name : option->get_lnames())
      names.push_back({"--" + name, takes_value});
    for (const std::string& name : option->get_snames()) names.push_back({"-" + name, takes_value});
  }
  return names;
}

}  // namespace drmshow
