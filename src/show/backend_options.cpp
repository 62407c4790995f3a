#include "show/backend_options.hpp"

#include <initializer_list>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

// The first of these options that was given.
std::optional<std::string> first_given(const CLI::App& app,
                                       std::initializer_list<const char*> options) {
  for (const char* option : options) {
    if (app.count(option) > 0) return option;
  }
  return std::nullopt;
}

std::optional<std::string> option_about_displays(const CLI::App& app) {
  return first_given(app, {"--set", "--mirror", "--device", "--legacy", "--dry-run", "--tty",
                           "--no-vt", "--seat", "--hotplug", "--wait"});
}

// What is said about a display that there is none of would be lost without a word.
void check_headless(const CLI::App& app, const Options& options) {
  auto wrong = option_about_displays(app);
  if (!wrong) {
    wrong = first_given(app, {"--output", "--present", "--buffers", "--vrr", "--overlay",
                              "--ring-log", "--no-keys", "--screenshot-dir", "--fullscreen"});
  }
  if (wrong) {
    throw Error{Failure::usage, *wrong + " with --backend headless",
                "It is about displays, and there is none."};
  }
  if (!options.output_dir && options.stats == StatsFormat::none) {
    throw Error{Failure::usage, "--backend headless without --output-dir",
                "Say in which folder the frames are to be written, or --stats to see only how "
                "fast they are drawn."};
  }
}

void check_window(const Options& options) {
  if (options.display_asked) {
    throw Error{
        Failure::usage, *options.display_asked + " with --backend wayland",
        "It is about displays, which the compositor has. There is one window: --mode WxH says "
        "its size, --fullscreen or --output NAME that it fills a screen."};
  }
}

}  // namespace

void check_backend(const CLI::App& app, Options& options) {
  options.display_asked = option_about_displays(app);
  if (!options.display_asked && (options.outputs.size() > 1 || !options.output_modes.empty())) {
    options.display_asked = "a choice of several outputs";
  }
  if (options.backend == Backend::headless) check_headless(app, options);
  if (options.backend == Backend::wayland) check_window(options);
}

}  // namespace drmshow
