#include "show/options.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/command_line.hpp"
#include "drm-show/error.hpp"
#include "render/cpu/colour.hpp"
#include "version.hpp"

namespace drmshow {
namespace {

constexpr const char* description =
    "Shows pictures and test patterns on displays, with nothing in between: no X, no compositor.\n"
    "Without arguments: the test card on every connected output.";

constexpr const char* footer = R"(Examples:
  drm-show                                     the test card, everywhere
  drm-show photo.jpg --fit cover               a picture that fills the screen
  drm-show --pattern smpte --duration 10       colour bars for ten seconds
  drm-show --output HDMI-A-1 --mode 1920x1080@59.94 left.png
  drm-show --pattern bounce --stats            motion, and how its frames fared
  drm-show --list-modes                        what each output can do
  drm-show --dry-run --mode highest            would it work?

End it with q, Esc, Ctrl-C or SIGTERM: what was on the screen before comes back.

Exit codes:
  0 ok                     4 no permission               7 mode or setting refused
  1 unexpected fault       5 another program is master   8 unreadable or damaged image
  2 wrong usage            6 no such connected output    9 device lost
  3 no usable device

See drm-show(1) for the whole story.)";

// What is parsed before it means something.
struct Texts {
  std::vector<std::string> modes;
  std::string present = "fifo";
  std::string fps;
  std::string stats;
  std::uint64_t frames = 0;
  bool overlay = false;
  bool mirror = false;
  bool vrr = false;
  std::string fit = "contain";
  std::string background = "black";
  double duration = 0;
  bool list_modes = false;
  bool list_patterns = false;
  bool dry_run = false;
  bool no_label = false;
  bool verbose = false;
};

void add_content_options(CLI::App& app, Options& options, Texts& texts) {
  app.add_option("FILE", options.files,
                 "Pictures (PNG, JPEG, …): one for each output, the last one for all that follow")
      ->type_name("");
  app.add_option("-p,--pattern", options.pattern, "A test pattern instead (see --list-patterns)")
      ->type_name("NAME")
      ->group("Content");
  app.add_flag("--list-patterns", texts.list_patterns, "List the test patterns and end")
      ->group("Content");
  app.add_option("--fit", texts.fit, "How a picture fits the screen: contain, cover, stretch, none")
      ->type_name("HOW")
      ->group("Content");
  app.add_option("--background", texts.background, "Colour around and behind it: black, #336699")
      ->type_name("COLOUR")
      ->group("Content");
  app.add_flag("--no-label", texts.no_label, "No label with output and mode on test patterns")
      ->group("Content");
}

void add_output_options(CLI::App& app, Options& options, Texts& texts) {
  app.add_option("-o,--output", options.outputs, "Only these outputs: DP-1,HDMI-A-1")
      ->type_name("NAME[,NAME]")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group("Outputs");
  app.add_option("-m,--mode", texts.modes,
                 "preferred, highest, WxH, WxH@Hz (to 0.01 Hz) or #INDEX of --list-modes")
      ->type_name("[OUTPUT:]MODE")
      ->allow_extra_args(false)
      ->group("Outputs");
  app.add_flag("-l,--list-modes", texts.list_modes, "List outputs and their modes and end")
      ->group("Outputs");
  app.add_option("--set", options.settings,
                 "Set a KMS property too: [OUTPUT:]connector|crtc|plane.PROPERTY=VALUE")
      ->type_name("WHAT")
      ->allow_extra_args(false)
      ->group("Outputs");
}

void add_device_options(CLI::App& app, Options& options, Texts& texts) {
  app.add_option("-d,--device", options.device,
                 "Path, name (card1), driver (virtio_gpu) or PCI slot (0000:00:02.0)")
      ->type_name("DEVICE")
      ->group("Device");
  app.add_flag("--legacy", options.legacy, "Set modes without atomic mode setting")
      ->group("Device");
  app.add_flag("-n,--dry-run", texts.dry_run, "Ask the driver whether it would work and end")
      ->group("Device");
}

void add_frame_options(CLI::App& app, Options& options, Texts& texts) {
  app.add_option(
         "--present", texts.present,
         "fifo: every frame; mailbox: the newest, as late as is safe; async: at once, tearing")
      ->type_name("HOW")
      ->group("Frames");
  app.add_option("--buffers", options.present.buffers, "Framebuffers for each output: 2 to 8 (3)")
      ->type_name("N")
      ->group("Frames");
  app.add_option("--fps", texts.fps, "Frames a second, instead of the display's own rate; or max")
      ->type_name("RATE")
      ->group("Frames");
  app.add_option("--frames", texts.frames, "End when each output has shown so many")
      ->type_name("N")
      ->group("Frames");
  app.add_flag("--mirror", texts.mirror, "Outputs of the same size show the same framebuffers")
      ->group("Frames");
  app.add_flag("--vrr", texts.vrr, "Let the display follow the frames (variable refresh rate)")
      ->group("Frames");
  app.add_flag("--overlay", texts.overlay, "Draw rate, latency and missed frames into the picture")
      ->group("Frames");
  app.add_flag("--stats{text}", texts.stats, "At the end, tell how the frames fared; --stats=json")
      ->type_name("FORMAT")
      ->group("Frames");
  app.add_option("--ring-log", options.ring_log, "Write each step of the framebuffers to a file")
      ->type_name("FILE")
      ->group("Frames");
}

void add_running_options(CLI::App& app, Texts& texts) {
  app.add_option("-t,--duration", texts.duration, "End after so many seconds")
      ->type_name("SECONDS")
      ->group("Running");
  app.add_flag("-v,--verbose", texts.verbose, "Say more")->group("Running");
  app.set_help_flag("-h,--help", "Print this help and end")->group("Running");
  app.set_version_flag("--version", "drm-show " DRMSHOW_VERSION)
      ->description("Print the version and end")
      ->group("Running");
}

Fit parse_fit(const std::string& text) {
  static const std::map<std::string, Fit> fits{{"contain", Fit::contain},
                                               {"cover", Fit::cover},
                                               {"stretch", Fit::stretch},
                                               {"none", Fit::none}};
  if (const auto found = fits.find(text); found != fits.end()) return found->second;
  throw Error{Failure::usage, fmt::format("--fit: \"{}\" is not one of the ways", text),
              "They are: contain, cover, stretch, none."};
}

Pixel parse_background(const std::string& text) {
  if (const auto colour = parse_colour(text)) return *colour;
  throw Error{Failure::usage, fmt::format("--background: \"{}\" is not a colour", text),
              "Say #336699, #369 or a name such as black, white, gray, red."};
}

PresentMode parse_present(const std::string& text) {
  static const std::map<std::string, PresentMode> ways{{"fifo", PresentMode::fifo},
                                                       {"mailbox", PresentMode::mailbox},
                                                       {"latest", PresentMode::mailbox},
                                                       {"async", PresentMode::async}};
  if (const auto found = ways.find(text); found != ways.end()) return found->second;
  throw Error{Failure::usage, fmt::format("--present: \"{}\" is not one of the ways", text),
              "They are: fifo, mailbox (or latest), async."};
}

StatsFormat parse_stats(const std::string& text) {
  if (text.empty()) return StatsFormat::none;
  if (text == "text") return StatsFormat::text;
  if (text == "json") return StatsFormat::json;
  throw Error{Failure::usage, fmt::format("--stats: \"{}\" is not one of the formats", text),
              "They are: text (the default), json."};
}

// Slower than a frame in a thousand seconds, or faster than any display.
constexpr double least_fps = 0.001;
constexpr double most_fps = 10'000;

void apply_fps(const std::string& text, Options& options) {
  if (text == "max") {
    options.rate = RatePolicy::most;
    options.present.pace = DrawPace::always;
    return;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), options.fps);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (!whole || !(options.fps >= least_fps && options.fps <= most_fps)) {
    throw Error{Failure::usage, fmt::format("--fps: \"{}\" is not a rate", text),
                "Say frames a second, such as 24 or 59.94, or max."};
  }
  options.rate = RatePolicy::fixed;
  // Frames come when they are due, not when the display wants one.
  options.present.pace = DrawPace::always;
}

void apply_modes(const std::vector<std::string>& modes, Options& options) {
  for (const std::string& mode : modes) {
    if (mode.find(':') == std::string::npos) {
      options.mode = mode;
    } else {
      options.output_modes.push_back(mode);
    }
  }
}

void apply_frames(const CLI::App& app, const Texts& texts, Options& options) {
  options.present.mode = parse_present(texts.present);
  options.stats = parse_stats(texts.stats);
  if (!texts.fps.empty()) apply_fps(texts.fps, options);
  if (app.count("--frames") > 0) {
    if (texts.frames == 0) throw Error{Failure::usage, "--frames: 0 is nothing to show", {}};
    options.frames = texts.frames;
  }
  if (texts.mirror) options.present.sharing = Sharing::mirrored;
  if (texts.vrr) options.present.refresh = RefreshRate::variable;
  if (texts.overlay) options.overlay = OverlayPolicy::with;
  for (const char* option : {"--present", "--buffers", "--fps", "--frames", "--mirror", "--vrr",
                             "--overlay", "--stats", "--ring-log"}) {
    options.frames_asked = options.frames_asked || app.count(option) > 0;
  }
}

Action action_of(const Texts& texts) {
  if (texts.list_modes) return Action::list_modes;
  if (texts.list_patterns) return Action::list_patterns;
  return texts.dry_run ? Action::dry_run : Action::show;
}

// A century: longer is a slip of the keyboard, and would overflow poll's clock.
constexpr double longest_duration = 100.0 * 365 * 24 * 3600;

void apply(const CLI::App& app, const Texts& texts, Options& options) {
  options.action = action_of(texts);
  options.fit = parse_fit(texts.fit);
  options.background = parse_background(texts.background);
  apply_modes(texts.modes, options);
  apply_frames(app, texts, options);
  if (texts.no_label) options.label = LabelPolicy::never;
  if (texts.verbose) options.verbosity = Verbosity::verbose;
  if (app.count("--duration") > 0) {
    if (!(texts.duration >= 0 && texts.duration <= longest_duration)) {
      throw Error{Failure::usage, "--duration: not a length of time", "Say seconds, such as 2.5."};
    }
    options.duration = std::chrono::duration<double>{texts.duration};
  }
  if (!options.files.empty() && app.count("--pattern") > 0) {
    throw Error{Failure::usage, "a picture and a test pattern at the same time",
                "Leave out either --pattern or the file names."};
  }
}

}  // namespace

std::optional<Options> parse_options(int argc, const char* const* argv) {
  Options options;
  Texts texts;
  CLI::App app{description, "drm-show"};
  app.footer(footer);
  app.get_formatter()->column_width(32);
  add_content_options(app, options, texts);
  add_output_options(app, options, texts);
  add_frame_options(app, options, texts);
  add_device_options(app, options, texts);
  add_running_options(app, texts);
  if (parse_command_line(app, argc, argv) == Parsed::that_was_all) return std::nullopt;
  apply(app, texts, options);
  return options;
}

}  // namespace drmshow
