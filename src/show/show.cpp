#include "show/show.hpp"

#include <cstdio>

#include "drm-show/device.hpp"
#include "drm-show/display.hpp"
#include "session/signals.hpp"
#include "session/terminal.hpp"
#include "show/animate.hpp"
#include "show/content.hpp"
#include "show/list.hpp"
#include "show/messages.hpp"
#include "show/wait.hpp"

namespace drmshow {
namespace {

void draw_all(const Options& options, const Device& device, Display& display) {
  for (std::size_t i = 0; i < display.outputs().size(); ++i) {
    display.draw(i, *make_content(options, device, display.outputs()[i], i));
  }
}

void show(const Options& options, const Device& device, Display& display,
          const EndSignals& signals) {
  display.show();
  say_what_is_shown(options, device, display.outputs(), "Showing");
  Terminal terminal;
  if (terminal.active()) say(options, "q, Esc or Ctrl-C ends it.");
  const EndReason reason = wait_for_end(device, signals, terminal, options.duration);
  if (reason == EndReason::device_gone) throw_removed(device);
  check_restored(display.restore());
}

void show_still(const Options& options, const Device& device) {
  Display display{device, display_options(options)};
  say_notes(display.notes());
  draw_all(options, device, display);
  // From here on a signal means: clean up and leave.
  const EndSignals signals;
  if (const auto refusal = display.test()) throw_refusal(device, *refusal);
  if (options.action == Action::dry_run) {
    return say_dry_run(options, device, display.outputs(), display.api(), display.describe());
  }
  if (options.verbosity == Verbosity::verbose) {
    say_details(options, display.api(), display.describe());
  }
  show(options, device, display, signals);
}

void run_on_display(const Options& options) {
  if (options.files.empty()) check_pattern(options);
  const Device device = Device::open(options.device);
  if (moves(options)) return animate(options, device);
  show_still(options, device);
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
