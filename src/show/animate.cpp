#include "show/animate.hpp"

#include <cstdio>

#include "show/content.hpp"
#include "show/frame_loop.hpp"
#include "show/messages.hpp"
#include "show/present_notes.hpp"

namespace drmshow {
namespace {

void print_stats(const Options& options, const Device& device, const Presenter& presenter) {
  static_cast<void>(options);
  static_cast<void>(device);
  static_cast<void>(presenter);
}

void show_frames(const Options& options, const Device& device, Presenter& presenter,
                 const EndSignals& signals) {
  FrameLoop loop{options, device, presenter};
  Terminal terminal;
  loop.run(signals, terminal, [&] {
    say_what_is_shown(options, device, presenter.outputs(), "Showing");
    if (terminal.active()) say(options, "q, Esc or Ctrl-C ends it.");
  });
}

}  // namespace

void animate(const Options& options, const Device& device) {
  PresentNotes notes{options};
  PresentOptions present = options.present;
  present.observer = &notes;
  Presenter presenter{device, display_options(options), present};
  notes.introduce(presenter);
  say_notes(presenter.notes());
  // From here on a signal means: clean up and leave.
  const EndSignals signals;
  if (const auto refusal = presenter.test()) throw_refusal(device, *refusal);
  if (options.action == Action::dry_run) {
    return say_dry_run(options, device, presenter.outputs(), presenter.api(), presenter.describe());
  }
  if (options.verbosity == Verbosity::verbose) {
    say_details(options, presenter.api(), presenter.describe());
  }
  try {
    show_frames(options, device, presenter, signals);
  } catch (...) {
    print_stats(options, device, presenter);
    throw;
  }
  const int errnum = presenter.restore();
  print_stats(options, device, presenter);
  check_restored(errnum);
  notes.finish();
}

}  // namespace drmshow
