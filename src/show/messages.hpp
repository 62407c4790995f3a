// What drm-show says about what it shows.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drm-show/display.hpp"
#include "drm-show/error.hpp"
#include "show/options.hpp"

namespace drmshow {

DisplayOptions display_options(const Options& options);

/// A line to stdout, at once: whoever waits for it at the other end of a pipe gets it now. With
/// --stats=json stdout is for that alone, and lines go to stderr.
void say(const Options& options, const std::string& line);
/// A list that nobody got is no success. Throws Error.
void finish_output();

class FlightRecording;

/// From here on notes are recorded, too; nullptr: no more.
void record_notes_in(FlightRecording* recording) noexcept;

/// For the user, on stderr.
void say_note(const std::string& note);
/// What went wrong and what to do, where drm-show goes on all the same.
void say_note(const Error& error);
void say_notes(std::span<const std::string> notes);

/// "card on DP-1: 1920x1080 @ 60.00 Hz (card0, CRTC 33, XRGB8888 (XR24))": `place` says where.
std::string shown_text(const Options& options, const Output& output, std::size_t index,
                       const std::string& place);
/// "card0, CRTC 33, plane 31"
std::string place_on(const Device& device, const Output& output);
void say_details(const Options& options, Api api, const std::vector<std::string>& lines);
void say_dry_run(const Options& options, const Device& device, std::span<const Output> outputs,
                 Api api, const std::vector<std::string>& lines);

[[noreturn]] void throw_refusal(const Device& device, const Refusal& refusal);
/// `errnum`: what Display::restore() or Presenter::restore() returned. Throws Error if it is not 0.
void check_restored(int errnum);
/// The end has come, and the GPU does not finish what it draws.
[[noreturn]] void throw_gpu_hangs();

}  // namespace drmshow
