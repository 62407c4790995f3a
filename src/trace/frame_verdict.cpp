#include "trace/frame_verdict.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ring/time_math.hpp"
#include "trace/late_cause.hpp"
#include "trace/record_fields.hpp"
#include "trace/times.hpp"

namespace drmshow {
namespace {

const StoryOutput* output_of(const Story& story, const FrameStory& frame, std::uint8_t output) {
  const auto& outputs = story.streams[frame.stream].outputs;
  const auto found = outputs.find(output);
  return found == outputs.end() ? nullptr : &found->second;
}

// `step`: 1 or -1.
const FrameStory* shown_beside(const Story& story, const FrameStory& frame, std::uint8_t output,
                               std::ptrdiff_t step) {
  const StoryOutput* on = output_of(story, frame, output);
  if (!on) return nullptr;
  const auto is_it = [&](std::size_t i) { return &story.frames[i] == &frame; };
  const auto found = std::ranges::find_if(on->shown, is_it);
  if (found == on->shown.end()) return nullptr;
  const auto beside = found - on->shown.begin() + step;
  if (beside < 0 || beside >= std::ssize(on->shown)) return nullptr;
  return &story.frames[on->shown[static_cast<std::size_t>(beside)]];
}

// A vertical blank is when a display takes its next picture.
std::string late_text(const Story& story, const FrameStory& frame, const FrameOutput& on,
                      const std::string& name) {
  const std::string blanks =
      on.missed == 1 ? "one vertical blank, when the display takes its next picture, passed"
                     : fmt::format(
                           "{} vertical blanks, when the display takes its next picture, "
                           "passed",
                           on.missed);
  const auto blank = missed_blank(story, frame, on);
  const std::string by = blank ? span_text(between(*blank, *on.shown)) + " late" : "late";
  return fmt::format("Frame {} came onto {} {}: {} with nothing new, although it was due. {}",
                     frame.number, name, by, blanks, late_cause(story, frame, on));
}

std::string in_time_text(const FrameStory& frame, const FrameOutput& on, const std::string& name) {
  if (name == no_display) {
    return fmt::format("Frame {} was drawn; there was no display to show it on.", frame.number);
  }
  std::string text = fmt::format("Frame {} came onto {} in time", frame.number, name);
  if (frame.submitted && on.shown && *on.shown >= *frame.submitted) {
    text += fmt::format(", {} after it was handed over",
                        span_text(between(*frame.submitted, *on.shown)));
  }
  return text + (on.modeset ? ", with a mode that was set for it." : ".");
}

std::string superseded_text(const FrameStory& frame, const FrameOutput& on,
                            const std::string& name) {
  const std::string by = on.by != 0 ? fmt::format("frame {}", on.by) : "another one";
  return fmt::format(
      "Frame {} was never on {}: {} was finished before the display took it, and is newer. That is "
      "what mailbox mode is for: the newest finished frame is shown.",
      frame.number, name, by);
}

std::string end_words(FrameEnd end) {
  switch (end) {
    case FrameEnd::discarded:
      return "whoever drew it gave it up before it was done";
    case FrameEnd::fence_error:
      return "the GPU failed to draw it";
    case FrameEnd::expired:
      return "the GPU was not done with it in the time that it may take";
    case FrameEnd::none:
      break;
  }
  return {};
}

std::string cancelled_text(const FrameStory& frame, const FrameOutput& on,
                           const std::string& name) {
  std::string why = end_words(frame.end);
  if (why.empty() && on.refusals > 0) {
    why = fmt::format("the kernel did not take it ({})", errno_name(on.errnum));
  } else if (why.empty() && on.errnum != 0) {
    why = fmt::format("the screen was not ours any more, or failed ({})", errno_name(on.errnum));
  } else if (why.empty()) {
    why = "the output went away, or the program ended";
  }
  return fmt::format("Frame {} was never on {}: {}.", frame.number, name, why);
}

// What it was waiting for when the recording ended, or when it was lost from sight.
std::string open_text(const FrameStory& frame, const FrameOutput* on, const std::string& where) {
  const std::string head =
      fmt::format("Frame {} was not on {} when the recording ended: ", frame.number, where);
  if (frame.end != FrameEnd::none) {
    return fmt::format("Frame {} was never on {}: {}.", frame.number, where, end_words(frame.end));
  }
  if (on && on->committed) return head + "the kernel had it, and its page flip had not come.";
  if (!frame.submitted) return head + "it was still being drawn.";
  if (frame.fence == RenderFence::gated && !frame.signalled) return head + "the GPU was not done.";
  if (on && on->refusals > 0) {
    return head + fmt::format("the kernel had not taken it yet ({}, {} times).",
                              errno_name(on->errnum), on->refusals);
  }
  return head + "it was finished, and waited for its turn.";
}

}  // namespace

std::optional<Time> missed_blank(const Story& story, const FrameStory& frame,
                                 const FrameOutput& on) {
  const Nanoseconds period = story.period_of(frame.stream, on.output);
  constexpr std::uint64_t most = 1'000'000;  // beyond that it is nonsense
  if (on.missed == 0 || on.missed > most || !on.shown || period <= Nanoseconds{}) {
    return std::nullopt;
  }
  return multiple_after(*on.shown, -static_cast<std::int64_t>(on.missed), period);
}

const FrameStory* shown_before(const Story& story, const FrameStory& frame, std::uint8_t output) {
  return shown_beside(story, frame, output, -1);
}

const FrameStory* shown_after(const Story& story, const FrameStory& frame, std::uint8_t output) {
  return shown_beside(story, frame, output, 1);
}

std::string frame_verdict(const Story& story, const FrameStory& frame, const FrameOutput& on) {
  const std::string name = story.output_name(frame.stream, on.output);
  if (on.missed > 0) return late_text(story, frame, on, name);
  switch (on.fate) {
    case FrameOutput::Fate::shown:
      return in_time_text(frame, on, name);
    case FrameOutput::Fate::superseded:
      return superseded_text(frame, on, name);
    case FrameOutput::Fate::cancelled:
      return cancelled_text(frame, on, name);
    case FrameOutput::Fate::open:
      break;
  }
  return open_text(frame, &on, name);
}

std::string frame_verdict(const Story& story, const FrameStory& frame) {
  if (frame.outputs.empty()) return open_text(frame, nullptr, "any screen");
  std::string text;
  for (const FrameOutput& on : frame.outputs) {
    text += (text.empty() ? "" : " ") + frame_verdict(story, frame, on);
  }
  return text;
}

}  // namespace drmshow
