#include "show/options.hpp"

#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "base/command_line.hpp"
#include "drm-show/error.hpp"
#include "show/backend_options.hpp"
#include "show/option_values.hpp"
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
  drm-show --shader plasma                     a shader; see --list-shaders
  drm-show --model teapot.obj --stats          a model that turns
  drm-show --list-modes                        what each output can do
  drm-show --dry-run --mode highest            would it work?

Keys: q or Esc ends it, space pauses, n and p (or arrows) show the next and the previous, 1-9 a pattern,
f fits, r rotates, i says how frames fare, m takes the next mode, s makes a screenshot.
Ctrl-C, SIGTERM and whatever else ends it: what was on the screen before comes back.

Exit codes:
  0 ok                     4 no permission               7 mode or setting refused
  1 unexpected fault       5 another program is master   8 unreadable or damaged file
  2 wrong usage            6 no such connected output    9 device lost
  3 no usable device      11 no Vulkan, or its GPU failed
 12 no Wayland compositor, or it went away

See drm-show(1) for the whole story.)";

// What is parsed before it means something.
struct Texts {
  std::vector<std::string> modes;
  std::string present = "fifo";
  std::string fps;
  std::string stats;
  std::string record = "1M";
  std::uint64_t frames = 0;
  bool overlay = false;
  bool mirror = false;
  bool vrr = false;
  std::string fit = "contain";
  std::string background = "black";
  std::string rotate = "0";
  std::string tty;
  std::string seat = "auto";
  std::string hotplug = "follow";
  std::string screenshot_dir;
  double duration = 0;
  bool rescue = false;
  bool no_vt = false;
  bool no_keys = false;
  bool list_modes = false;
  bool list_patterns = false;
  bool list_shaders = false;
  std::string render = "auto";
  std::string backend = "auto";
  std::string output_dir;
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
  app.add_option("--rotate", texts.rotate, "Turn it clockwise: 0, 90, 180 or 270 degrees")
      ->type_name("DEGREES")
      ->group("Content");
  app.add_flag("--no-label", texts.no_label, "No label with output and mode on test patterns")
      ->group("Content");
}

void add_vulkan_options(CLI::App& app, Options& options, Texts& texts) {
  app.add_option("--shader", options.vulkan.shader,
                 "A shader: a name of --list-shaders, or a file (GLSL with mainImage, SPIR-V)")
      ->type_name("NAME|FILE")
      ->group("Vulkan");
  app.add_flag("--list-shaders", texts.list_shaders, "List the built-in shaders and end")
      ->group("Vulkan");
  app.add_option("--model", options.vulkan.model, "A 3D model that turns (Wavefront OBJ)")
      ->type_name("FILE")
      ->group("Vulkan");
  app.add_option("--texture", options.vulkan.texture, "A picture to put on the model")
      ->type_name("FILE")
      ->group("Vulkan");
  app.add_option("--scene", options.vulkan.scene, "A built-in scene: room")
      ->type_name("NAME")
      ->group("Vulkan");
  app.add_option("--render", texts.render, "Who draws: auto, cpu or vulkan")
      ->type_name("HOW")
      ->group("Vulkan");
  app.add_option("--gpu", options.gpu, "Which GPU: #N, a part of its name, or software")
      ->type_name("WHICH")
      ->group("Vulkan");
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
  app.add_option("--record", texts.record,
                 "Memory for the flight recording, 64K to 1G (1M), or off: see drm-trace(1)")
      ->type_name("SIZE|off")
      ->group("Frames");
  app.add_option("--ring-log", options.ring_log, "Write each step of the framebuffers to a file")
      ->type_name("FILE")
      ->group("Frames");
}

void add_backend_options(CLI::App& app, Options& options, Texts& texts) {
  app.add_option("--backend", texts.backend,
                 "Where frames go: auto, kms (displays), wayland (a window of a compositor's) or "
                 "headless (files in --output-dir)")
      ->type_name("WHERE")
      ->group("Device");
  app.add_flag("--fullscreen", options.fullscreen, "A window fills its screen from the start")
      ->group("Device");
  app.add_option("--output-dir", texts.output_dir, "With --backend headless: where the files go")
      ->type_name("FOLDER")
      ->group("Device");
}

void add_console_options(CLI::App& app, Texts& texts) {
  app.add_option("--tty", texts.tty, "Switch to this virtual terminal and show it there; or free")
      ->type_name("N")
      ->group("Console");
  app.add_flag("--no-vt", texts.no_vt, "Leave virtual terminals alone (a device without console)")
      ->group("Console");
  app.add_option("--seat", texts.seat, "Who gives us the display: auto, direct, libseat")
      ->type_name("HOW")
      ->group("Console");
  app.add_flag("--rescue", texts.rescue, "Bring back a console that a crash left dead, and end")
      ->group("Console");
}

void add_running_options(CLI::App& app, Options& options, Texts& texts) {
  app.add_option("--hotplug", texts.hotplug, "Displays that are plugged in: follow or ignore")
      ->type_name("HOW")
      ->group("Running");
  app.add_flag("--wait", options.wait, "With no display connected, wait for one")->group("Running");
  app.add_flag("--no-keys", texts.no_keys, "Take no keys")->group("Running");
  app.add_option("--screenshot-dir", texts.screenshot_dir, "Where the key s puts its PNG files")
      ->type_name("FOLDER")
      ->group("Running");
  app.add_option("-t,--duration", texts.duration, "End after so many seconds")
      ->type_name("SECONDS")
      ->group("Running");
  app.add_flag("-v,--verbose", texts.verbose, "Say more")->group("Running");
  app.set_help_flag("-h,--help", "Print this help and end")->group("Running");
  app.set_version_flag("--version", "drm-show " DRMSHOW_VERSION)
      ->description("Print the version and end")
      ->group("Running");
}

void apply_fps(const std::string& text, Options& options) {
  // Frames come when they are due, not when the display wants one.
  options.present.pace = DrawPace::always;
  if (text == "max") {
    options.rate = RatePolicy::most;
  } else {
    options.rate = RatePolicy::fixed;
    options.fps = parse_rate(text);
  }
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
  options.recording = parse_record(texts.record);
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
  if (texts.rescue) return Action::rescue;
  if (texts.list_modes) return Action::list_modes;
  if (texts.list_patterns) return Action::list_patterns;
  if (texts.list_shaders) return Action::list_shaders;
  return texts.dry_run ? Action::dry_run : Action::show;
}

// What it would do nothing with would be lost without a word.
void check_rescue(const CLI::App& app, const Options& options) {
  if (options.action != Action::rescue) return;
  for (const CLI::Option* option : app.get_options()) {
    const std::string name = option->get_name();
    if (option->count() == 0 || name == "--rescue" || name == "--tty" || name == "--verbose")
      continue;
    throw Error{Failure::usage, fmt::format("{} with --rescue", name),
                "It shows nothing: it brings a virtual terminal back, with --tty N that one."};
  }
  if (options.tty == 0) {
    throw Error{Failure::usage, "--tty free with --rescue",
                "Say which virtual terminal is to be brought back: --tty N."};
  }
}

void apply_console(const CLI::App& app, const Texts& texts, Options& options) {
  options.seat = parse_seat(texts.seat);
  options.vt = !texts.no_vt;
  if (app.count("--tty") > 0) options.tty = parse_tty(texts.tty);
  if (options.tty && !options.vt) {
    throw Error{Failure::usage, "--tty and --no-vt at the same time",
                "--tty switches to a virtual terminal, --no-vt leaves all of them alone."};
  }
  check_rescue(app, options);
}

void apply_running(const CLI::App& app, const Texts& texts, Options& options) {
  options.hotplug = parse_hotplug(texts.hotplug);
  options.keys = !texts.no_keys;
  if (app.count("--screenshot-dir") > 0)
    options.screenshot_dir = parse_folder(texts.screenshot_dir);
  if (app.count("--duration") > 0) options.duration = parse_duration(texts.duration);
}

void apply_content(const CLI::App& app, const Options& options) {
  std::vector<std::string> given;
  if (!options.files.empty()) given.emplace_back("a picture");
  for (const char* option : {"--pattern", "--shader", "--model", "--scene"}) {
    if (app.count(option) > 0) given.emplace_back(option);
  }
  if (given.size() > 1) {
    throw Error{Failure::usage,
                fmt::format("{} and {} at the same time", given.front(), given.back()),
                "Leave out one of them: a screen shows one thing."};
  }
  if (!options.vulkan.texture.empty() && options.vulkan.model.empty()) {
    throw Error{Failure::usage, "--texture without --model", "It goes on a model."};
  }
}

void apply_backend(const CLI::App& app, const Texts& texts, Options& options) {
  options.render = parse_render(texts.render);
  options.backend = parse_backend(texts.backend);
  if (app.count("--output-dir") > 0) options.output_dir = parse_output_dir(texts.output_dir);
  if (options.render == RenderPolicy::cpu && !options.vulkan.empty()) {
    throw Error{Failure::usage, "--render cpu cannot draw shaders, models and scenes",
                "Leave it out, or see --gpu software, where the processor does what a GPU would."};
  }
  const bool draws = options.action == Action::show || options.action == Action::dry_run;
  if (draws && app.count("--gpu") > 0 && !draws_with_vulkan(options)) {
    throw Error{Failure::usage, "--gpu, but the CPU draws",
                "Pictures and patterns are drawn by a GPU with --render vulkan; shaders, models "
                "and scenes always are."};
  }
  if (options.output_dir && options.backend != Backend::headless) {
    throw Error{Failure::usage, "--output-dir without --backend headless",
                "Otherwise frames go to displays."};
  }
  check_backend(app, options);
}

void apply(const CLI::App& app, const Texts& texts, Options& options) {
  options.action = action_of(texts);
  options.fit = parse_fit(texts.fit);
  options.background = parse_background(texts.background);
  options.quarter_turns = parse_rotation(texts.rotate);
  apply_modes(texts.modes, options);
  apply_frames(app, texts, options);
  apply_console(app, texts, options);
  apply_running(app, texts, options);
  if (texts.no_label) options.label = LabelPolicy::never;
  if (texts.verbose) options.verbosity = Verbosity::verbose;
  apply_content(app, options);
  apply_backend(app, texts, options);
}

}  // namespace

bool draws_with_vulkan(const Options& options) {
  return options.render == RenderPolicy::vulkan ||
         (options.render == RenderPolicy::automatic && !options.vulkan.empty());
}

std::optional<Options> parse_options(int argc, const char* const* argv) {
  Options options;
  Texts texts;
  CLI::App app{description, "drm-show"};
  app.footer(footer);
  app.get_formatter()->column_width(32);
  add_content_options(app, options, texts);
  add_vulkan_options(app, options, texts);
  add_output_options(app, options, texts);
  add_frame_options(app, options, texts);
  add_device_options(app, options, texts);
  add_backend_options(app, options, texts);
  add_console_options(app, texts);
  add_running_options(app, options, texts);
  if (parse_command_line(app, argc, argv) == Parsed::that_was_all) return std::nullopt;
  apply(app, texts, options);
  options.command_line =
      fmt::format("{}", fmt::join(std::span{argv, static_cast<std::size_t>(argc)}, " "));
  return options;
}

}  // namespace drmshow
