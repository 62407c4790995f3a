#include "show/show.hpp"

#include <cstdio>
#include <exception>
#include <memory>

#include <fmt/format.h>

#include "drm-show/device.hpp"
#include "session/privileges.hpp"
#include "session/rescue.hpp"
#include "show/backend_choice.hpp"
#include "show/console.hpp"
#include "show/content.hpp"
#include "show/flight_recording.hpp"
#include "show/headless.hpp"
#include "show/kms_stage.hpp"
#include "show/list.hpp"
#include "show/messages.hpp"
#include "show/window_stage.hpp"

namespace drmshow {
namespace {

const char* name_of(Backend backend) {
  switch (backend) {
    case Backend::wayland:
      return "wayland";
    case Backend::headless:
      return "headless";
    default:
      return "kms";
  }
}

// What was chosen and why is said where there was a choice.
Backend chosen_backend(const Options& options, FlightRecording& recording) {
  if (options.backend != Backend::automatic) {
    recording.set("backend", fmt::format("{}: asked for", name_of(options.backend)));
    return options.backend;
  }
  const BackendChoice choice = choose_backend(options, look_around(options));
  const char* const name = name_of(choice.backend);
  recording.set("backend",
                choice.reason.empty() ? name : fmt::format("{}: {}", name, choice.reason));
  if (!choice.reason.empty()) say(options, fmt::format("Backend: {}: {}", name, choice.reason));
  return choice.backend;
}

void show_on(Backend backend, const Options& options, FlightRecording& recording) {
  if (backend != Backend::kms && privileges_are_laid_aside()) drop_privileges();
  switch (backend) {
    case Backend::headless:
      return run_headless(options, recording);
    case Backend::wayland:
      return run_in_window(options, recording);
    default:
      break;
  }
  Console console{options, recording};
  KmsStage{options, console, recording}.run();
}

// Before anything else is opened: what goes wrong there is recorded, too.
std::unique_ptr<FlightRecording> begin_recording(const Options& options) {
  if (options.action != Action::show || !options.recording)
    return std::make_unique<FlightRecording>();
  return std::make_unique<FlightRecording>(*options.recording, options.command_line);
}

void run_on_display(const Options& options) {
  check_names(options);
  const auto recording = begin_recording(options);
  const Backend backend = chosen_backend(options, *recording);
  // Of pictures that nobody has seen the message says all.
  const auto keep = [&] {
    const bool seen = recording->has_shown() && backend != Backend::headless;
    return seen ? recording->keep() : std::string{};
  };
  try {
    show_on(backend, options, *recording);
  } catch (const Error& error) {
    recording->error(error);
    const std::string where = keep();
    if (where.empty()) throw;
    throw Error{error.failure(), error.what(),
                error.hint().empty() ? where : error.hint() + "\n" + where};
  } catch (const std::exception& error) {
    recording->error(error.what());
    if (const std::string where = keep(); !where.empty()) say_note(where);
    throw;
  }
}

void rescue(const Options& options) {
  if (privileges_are_laid_aside()) drop_privileges();
  const Rescued rescued = rescue_vt(options.tty);
  std::fputs(rescued.account.c_str(), stdout);
  finish_output();
  if (rescued.shown) require_free_display();
}

void list_all_modes(const Options& options) {
  const Device device = Device::open(options.device, open_node_raised);
  if (privileges_are_laid_aside()) drop_privileges();
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
      return rescue(options);
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
