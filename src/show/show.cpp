#include "show/show.hpp"

#include <cstdio>
#include <cstring>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "drm-show/device.hpp"
#include "drm-show/display.hpp"
#include "drm-show/error.hpp"
#include "session/signals.hpp"
#include "show/content.hpp"
#include "show/list.hpp"
#include "show/wait.hpp"

namespace drmshow {
namespace {

DisplayOptions display_options(const Options& options) {
  DisplayOptions display;
  display.outputs = options.outputs;
  display.mode = options.mode;
  display.settings = options.settings;
  if (options.legacy) display.api = Api::legacy;
  return display;
}

std::string describe_output(const Options& options, const Device& device, const Output& output,
                            std::size_t index) {
  const std::string plane =
      output.plane ? fmt::format(", plane {}", output.plane.raw()) : std::string{};
  return fmt::format("{} on {}: {} ({}, CRTC {}{}, {})", content_name(options, index), output.name,
                     to_string(output.mode), device.label(), output.crtc.raw(), plane,
                     to_string(output.format));
}

// Line by line and at once: whoever waits for it at the other end of a pipe gets it now.
void say(const std::string& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

[[noreturn]] void throw_refusal(const Device& device, const Refusal& refusal) {
  std::string hint = fmt::format("{}", fmt::join(refusal.account, "\n"));
  if (!refusal.kernel_messages.empty()) {
    hint += fmt::format("\nThe kernel says:\n  {}", fmt::join(refusal.kernel_messages, "\n  "));
  } else {
    hint += "\nRun as root to see the kernel's own reason here.";
  }
  throw Error{Failure::mode_refused, device.label() + ": the driver refuses this configuration",
              hint, refusal.errnum};
}

void draw_all(const Options& options, const Device& device, Display& display) {
  for (std::size_t i = 0; i < display.outputs().size(); ++i) {
    display.draw(i, *make_content(options, device, display.outputs()[i], i));
  }
}

void say_what_is_shown(const Options& options, const Device& device, const Display& display,
                       std::string_view verb) {
  for (std::size_t i = 0; i < display.outputs().size(); ++i) {
    say(fmt::format("{} {}", verb, describe_output(options, device, display.outputs()[i], i)));
  }
}

void say_details(const Display& display) {
  say(display.api() == Api::atomic ? "Atomic mode setting:" : "Legacy mode setting:");
  for (const std::string& line : display.describe()) say("  " + line);
}

void dry_run(const Options& options, const Device& device, const Display& display) {
  say_what_is_shown(options, device, display, "Would show");
  say_details(display);
  if (display.api() == Api::legacy) {
    say("Not asked: without atomic mode setting a driver cannot be asked beforehand.");
  } else {
    say("The driver accepts this (TEST_ONLY). Nothing was changed.");
  }
}

void restore(Display& display) {
  const int errnum = display.restore();
  if (errnum == 0) return;
  fmt::print(
      stderr,
      "drm-show: what was on the screen before could not be brought back: {}\n"
      "  If the screen stays dark, switch to another VT and back (Ctrl-Alt-F2, Ctrl-Alt-F1).\n",
      std::strerror(errnum));
}

void show(const Options& options, const Device& device, Display& display) {
  // From here on a signal means: clean up and leave.
  const EndSignals signals;
  display.show();
  say_what_is_shown(options, device, display, "Showing");
  if (::isatty(STDIN_FILENO) && !options.duration) say("q, Esc or Ctrl-C ends it.");
  const EndReason reason = wait_for_end(device, signals, options.duration);
  if (reason == EndReason::device_gone) {
    throw Error{Failure::device_lost, device.label() + " was removed",
                "Its driver was unbound or the device unplugged: see dmesg."};
  }
  restore(display);
}

void run_on_display(const Options& options) {
  if (options.files.empty()) check_pattern(options);
  const Device device = Device::open(options.device);
  Display display{device, display_options(options)};
  for (const std::string& note : display.notes()) fmt::print(stderr, "drm-show: {}\n", note);
  draw_all(options, device, display);
  if (const auto refusal = display.test()) throw_refusal(device, *refusal);
  if (options.action == Action::dry_run) return dry_run(options, device, display);
  if (options.verbosity == Verbosity::verbose) say_details(display);
  show(options, device, display);
}

void list_all_modes(const Options& options) {
  const Device device = Device::open(options.device);
  set_display_caps(device);
  // Probed while we may be master by chance, then out of the way of whoever owns the display.
  const Snapshot snapshot = take_snapshot(device, ProbePolicy::probe);
  device.drop_master();
  fmt::print("{}", list_modes(device.label(), snapshot));
}

}  // namespace

void run(const Options& options) {
  switch (options.action) {
    case Action::list_patterns:
      fmt::print("{}", list_patterns());
      return;
    case Action::list_modes:
      return list_all_modes(options);
    case Action::dry_run:
    case Action::show:
      return run_on_display(options);
  }
}

}  // namespace drmshow
