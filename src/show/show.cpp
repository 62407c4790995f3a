#include "show/show.hpp"

#include <cstdio>

#include <fmt/format.h>

#include "drm-show/device.hpp"
#include "session/rescue.hpp"
#include "show/backend_choice.hpp"
#include "show/console.hpp"
#include "show/content.hpp"
#include "show/headless.hpp"
#include "show/kms_stage.hpp"
#include "show/list.hpp"
#include "show/messages.hpp"
#include "show/window_stage.hpp"

namespace drmshow {
namespace {

// What was chosen and why is said where there was a choice.
Backend chosen_backend(const Options& options) {
  if (options.backend != Backend::automatic) return options.backend;
  const BackendChoice choice = choose_backend(options, look_around(options));
  if (!choice.reason.empty()) {
    const char* const name = choice.backend == Backend::wayland ? "wayland" : "kms";
    say(options, fmt::format("Backend: {}: {}", name, choice.reason));
  }
  return choice.backend;
}

void run_on_display(const Options& options) {
  check_names(options);
  switch (chosen_backend(options)) {
    case Backend::headless:
      return run_headless(options);
    case Backend::wayland:
      return run_in_window(options);
    default:
      break;
  }
  Console console{options};
  KmsStage{options, console}.run();
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
    case Action::rescue:
      std::fputs(rescue_vt(options.tty).c_str(), stdout);
      return finish_output();
    case Action::list_patterns:
      std::fputs(list_patterns().c_str(), stdout);
      return finish_output();
    case Action::list_shaders:
      std::fputs(list_shaders().c_str(), stdout);
      return finish_output();
    case Action::list_modes:
      return list_all_modes(options);
    case Action::dry_run:
    case Action::show:
      return run_on_display(options);
  }
}

}  // namespace drmshow
