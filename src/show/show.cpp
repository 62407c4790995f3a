#include "show/show.hpp"

#include <cstdio>

#include "drm-show/device.hpp"
#include "session/rescue.hpp"
#include "show/console.hpp"
#include "show/content.hpp"
#include "show/headless.hpp"
#include "show/kms_stage.hpp"
#include "show/list.hpp"
#include "show/messages.hpp"

namespace drmshow {
namespace {

void run_on_display(const Options& options) {
  check_names(options);
  if (options.backend == Backend::headless) return run_headless(options);
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
