#include "show/show.hpp"

#include <cerrno>
#include <cstdio>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "drm-show/device.hpp"
#include "drm-show/display.hpp"
#include "drm-show/error.hpp"
#include "drm/ioctl.hpp"
#include "session/signals.hpp"
#include "session/terminal.hpp"
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
  std::fputs((line + "\n").c_str(), stdout);
  std::fflush(stdout);
}

// A list that nobody got is no success.
void finish_output() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    throw Error{Failure::unexpected, "cannot write the output", {}, errno};
  }
}

[[noreturn]] void throw_refusal(const Device& device, const Refusal& refusal) {
  std::string hint = fmt::format("{}", fmt::join(refusal.account, "\n"));
  if (!refusal.kernel_messages.empty()) {
    hint += fmt::format("\nThe kernel says:\n  {}", fmt::join(refusal.kernel_messages, "\n  "));
  } else if (::geteuid() != 0) {
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
  finish_output();
}

void restore(Display& display) {
  const int errnum = display.restore();
  if (errnum == 0) return;
  throw Error{failure_of(errnum), "what was on the screen before could not be brought back",
              "If the screen stays dark, switch to another VT and back (Ctrl-Alt-F2, Ctrl-Alt-F1).",
              errnum};
}

void show(const Options& options, const Device& device, Display& display,
          const EndSignals& signals) {
  display.show();
  say_what_is_shown(options, device, display, "Showing");
  Terminal terminal;
  if (terminal.active()) say("q, Esc or Ctrl-C ends it.");
  const EndReason reason = wait_for_end(device, signals, terminal, options.duration);
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
  // From here on a signal means: clean up and leave.
  const EndSignals signals;
  if (const auto refusal = display.test()) throw_refusal(device, *refusal);
  if (options.action == Action::dry_run) return dry_run(options, device, display);
  if (options.verbosity == Verbosity::verbose) say_details(display);
  show(options, device, display, signals);
}

void list_all_modes(const Options& options) {
  const Device device = Device::open(options.device);
  set_display_caps(device);
  // Probed while we may be master by chance, then out of the way of whoever owns the display.
  const Snapshot snapshot = take_snapshot(device, ProbePolicy::probe);
  device.drop_master();
  std::fputs(list_modes(device.label(), snapshot).c_str(), stdout);
  finish_output();
}

}  // namespace

void run(const Options& options) {
  switch (options.action) {
    case Action::list_patterns:
      std::fputs(list_patterns().c_str(), stdout);
      return finish_output();
    case Action::list_modes:
      return list_all_modes(options);
    case Action::dry_run:
    case Action::show:
      return run_on_display(options);
  }
}

}  // namespace drmshow
