#include "show/messages.hpp"

#include <cerrno>
#include <cstdio>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <poll.h>
#include <unistd.h>

#include "base/program.hpp"
#include "drm-show/error.hpp"
#include "drm/ioctl.hpp"
#include "show/content.hpp"
#include "show/flight_recording.hpp"

namespace drmshow {
namespace {

// There is one stderr, and one recording of what is said there.
FlightRecording* note_recording = nullptr;  // set by record_notes_in()

// Who reads may have stopped (a full pipe, a terminal after Ctrl-S). Keys and VT switches must not
// wait for them: rather a line is lost.
bool takes_more(std::FILE* file) {
  constexpr int patience_ms = 200;
  pollfd out{::fileno(file), POLLOUT, 0};
  return ::poll(&out, 1, patience_ms) > 0;
}

}  // namespace

DisplayOptions display_options(const Options& options) {
  DisplayOptions display;
  display.outputs = options.outputs;
  display.mode = options.mode;
  display.output_modes = options.output_modes;
  display.settings = options.settings;
  if (options.legacy) display.api = Api::legacy;
  return display;
}

void say(const Options& options, const std::string& line) {
  std::FILE* const to = options.stats == StatsFormat::json ? stderr : stdout;
  if (!takes_more(to)) return;
  std::fputs((line + "\n").c_str(), to);
  std::fflush(to);
}

void finish_output() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    throw Error{Failure::unexpected, "cannot write the output", {}, errno};
  }
}

void record_notes_in(FlightRecording* recording) noexcept {
  note_recording = recording;
}

void say_note(const std::string& note) {
  if (note_recording) note_recording->note(note);
  if (!takes_more(stderr)) return;
  fmt::print(stderr, "drm-show: {}\n", note);
}

void say_note(const Error& error) {
  if (note_recording) note_recording->error(error);
  if (takes_more(stderr)) print_problem("drm-show", error.what(), error.hint());
}

void say_notes(std::span<const std::string> notes) {
  for (const std::string& note : notes) say_note(note);
}

std::string shown_text(const Options& options, const Output& output, std::size_t index,
                       const std::string& place) {
  return fmt::format("{} on {}: {} ({}, {})", content_name(options, index), output.name,
                     to_string(output.mode), place, to_string(output.format));
}

std::string place_on(const Device& device, const Output& output) {
  const std::string plane =
      output.plane ? fmt::format(", plane {}", output.plane.raw()) : std::string{};
  return fmt::format("{}, CRTC {}{}", device.label(), output.crtc.raw(), plane);
}

void say_details(const Options& options, Api api, const std::vector<std::string>& lines) {
  say(options, api == Api::atomic ? "Atomic mode setting:" : "Legacy mode setting:");
  for (const std::string& line : lines) say(options, "  " + line);
}

void say_dry_run(const Options& options, const Device& device, std::span<const Output> outputs,
                 Api api, const std::vector<std::string>& lines) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    say(options, "Would show " + shown_text(options, outputs[i], i, place_on(device, outputs[i])));
  }
  say_details(options, api, lines);
  say(options, api == Api::legacy
                   ? "Not asked: without atomic mode setting a driver cannot be asked beforehand."
                   : "The driver accepts this (TEST_ONLY). Nothing was changed.");
  finish_output();
}

void throw_refusal(const Device& device, const Refusal& refusal) {
  std::string hint = fmt::format("{}", fmt::join(refusal.account, "\n"));
  if (!refusal.kernel_messages.empty()) {
    hint += fmt::format("\nThe kernel says:\n  {}", fmt::join(refusal.kernel_messages, "\n  "));
  } else if (::geteuid() != 0) {
    hint += "\nRun as root to see the kernel's own reason here.";
  }
  throw Error{Failure::mode_refused, device.label() + ": the driver refuses this configuration",
              hint, refusal.errnum};
}

void check_restored(int errnum) {
  if (errnum == 0) return;
  throw Error{failure_of(errnum), "what was on the screen before could not be brought back",
              "If the screen stays dark, switch to another VT and back (Ctrl-Alt-F2, Ctrl-Alt-F1).",
              errnum};
}

void throw_gpu_hangs() {
  throw Error{Failure::gpu, "the GPU does not finish what it draws: it is not waited for",
              "A shader may have no end, or take longer than anybody waits."};
}

}  // namespace drmshow
