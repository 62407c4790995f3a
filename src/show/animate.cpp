#include "show/animate.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "base/surroundings.hpp"
#include "show/content.hpp"
#include "show/frame_loop.hpp"
#include "show/messages.hpp"
#include "show/present_notes.hpp"
#include "show/stats_text.hpp"

namespace drmshow {
namespace {

constexpr int usual_width = 80;

std::string how_it_was_shown(const Options& options, const Presenter& presenter,
                             std::size_t output) {
  std::string how = to_string(presenter.outputs()[output].mode);
  if (presenter.tears(output)) {
    how += ", tearing";
  } else {
    how += options.present.mode == PresentMode::mailbox ? ", mailbox" : ", fifo";
  }
  if (presenter.paced_by_timer(output)) how += ", paced by a timer";
  for (std::size_t i = 0; i < presenter.streams().size(); ++i) {
    const auto& outputs = presenter.streams()[i].outputs;
    if (std::ranges::find(outputs, output) == outputs.end()) continue;
    how += fmt::format(", {} framebuffers", presenter.ring(i).slots());
  }
  return how;
}

void print_stats_text(const Options& options, const Presenter& presenter) {
  const int width = terminal_width() > 0 ? terminal_width() : usual_width;
  const auto charset = speaks_utf8() ? StatsCharset::utf8 : StatsCharset::ascii;
  for (std::size_t i = 0; i < presenter.outputs().size(); ++i) {
    const std::string how = how_it_was_shown(options, presenter, i);
    const std::string text =
        stats_text(presenter.outputs()[i].name, presenter.stats(i), how, width, charset);
    std::fputs(text.c_str(), stdout);
  }
}

void print_stats_json(const Presenter& presenter) {
  std::vector<OutputStats> stats;
  for (std::size_t i = 0; i < presenter.outputs().size(); ++i) stats.push_back(presenter.stats(i));
  std::vector<NamedStats> named;
  for (std::size_t i = 0; i < stats.size(); ++i) {
    const Output& output = presenter.outputs()[i];
    named.push_back({output.name, to_string(output.mode), stats[i]});
  }
  std::fputs((stats_json(named) + "\n").c_str(), stdout);
}

void print_stats(const Options& options, const Presenter& presenter) {
  if (options.stats == StatsFormat::none) return;
  if (options.stats == StatsFormat::json) {
    print_stats_json(presenter);
  } else {
    print_stats_text(options, presenter);
  }
  finish_output();
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
    print_stats(options, presenter);
    throw;
  }
  const int errnum = presenter.restore();
  print_stats(options, presenter);
  check_restored(errnum);
  notes.finish();
}

}  // namespace drmshow
