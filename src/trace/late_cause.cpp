#include "trace/late_cause.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "drm-show/frame_stats.hpp"
#include "ring/time_math.hpp"
#include "trace/frame_verdict.hpp"
#include "trace/record_fields.hpp"
#include "trace/times.hpp"
#include "trace/usual.hpp"

namespace drmshow {
namespace {

// A framebuffer that was acquired so soon after a flip was waited for.
constexpr Nanoseconds soon_after = std::chrono::milliseconds{1};

// "3.2 ms before that blank"
std::string against_blank(Time time, Time blank) {
  if (time >= blank) return span_text(between(blank, time)) + " after that blank";
  return span_text(between(time, blank)) + " before that blank";
}

std::string usually(const std::optional<Nanoseconds>& usual) {
  return usual ? fmt::format("; usually it takes {}", span_text(*usual)) : "";
}

// Of more than is usual by half, and by something that counts.
bool unusual(Nanoseconds time, const std::optional<Nanoseconds>& usual, Nanoseconds period) {
  return usual && time / 3 * 2 > *usual && between(Time{*usual}, Time{time}) > period / 8;
}

bool waited_for_slot(const Story& story, const FrameStory& frame, const FrameOutput& on) {
  if (!frame.acquired) return false;
  const auto& outputs = story.streams[frame.stream].outputs;
  const auto found = outputs.find(on.output);
  if (found == outputs.end()) return false;
  return std::ranges::any_of(found->second.shown, [&](std::size_t i) {
    const Nanoseconds since = between(*story.frames[i].on(on.output)->shown, *frame.acquired);
    return since >= Nanoseconds{} && since < soon_after;
  });
}

// Drawing took no longer than usual, or nobody knows how long that is.
std::string late_begin(const Story& story, const FrameStory& frame, const FrameOutput& on,
                       Time blank) {
  const std::optional<Time> begin = frame.draw_begin ? frame.draw_begin : frame.acquired;
  if (!begin) return "";
  std::string text = fmt::format(" It began {}.", against_blank(*begin, blank));
  if (waited_for_slot(story, frame, on)) {
    text +=
        " It could not begin earlier: all framebuffers were in use until then (--buffers 4 "
        "gives it another one).";
  } else if (*begin > earlier(blank, soon_after)) {
    text +=
        " Whoever draws came back late to it: it had other things to do, or the machine was "
        "busy.";
  }
  return text;
}

std::string drawing_cause(const Story& story, const FrameStory& frame, const FrameOutput& on,
                          Time blank) {
  const Nanoseconds period = story.period_of(frame.stream, on.output);
  const UsualTimes usual = usual_times(story, frame.stream);
  std::string text = "It was drawn too late";
  if (frame.submitted) {
    text = fmt::format("It was handed over {}", against_blank(*frame.submitted, blank));
  }
  const auto took = draw_time(frame);
  if (!took) return text + "." + late_begin(story, frame, on, blank);
  text += fmt::format(". Drawing it took {}{}.", span_text(*took), usually(usual.draw));
  if (*took > period) {
    return text + fmt::format(" At this rate a frame has {}: draw less, or fewer frames (--fps).",
                              span_text(period));
  }
  if (unusual(*took, usual.draw, period)) return text;
  return text + late_begin(story, frame, on, blank);
}

std::string fence_cause(const Story& story, const FrameStory& frame, Time blank) {
  const UsualTimes usual = usual_times(story, frame.stream);
  std::string text = "The GPU was not done in time";
  if (frame.signalled) text += ": it was done " + against_blank(*frame.signalled, blank);
  if (const auto took = fence_time(frame)) {
    text += fmt::format(". It took {} after the frame was handed over{}", span_text(*took),
                        usually(usual.fence));
  }
  return text + ".";
}

std::string commit_cause(const FrameStory& frame, const FrameOutput& on, Time blank) {
  const std::optional<Time> ready = frame.signalled ? frame.signalled : frame.submitted;
  std::string text = "It was committed too late";
  if (ready && on.committed) {
    text = fmt::format("It was ready {}, but it was given to the kernel only {}",
                       against_blank(*ready, blank), against_blank(*on.committed, blank));
  }
  return text +
         ": drm-show was woken late, because the machine was busy, or its request took "
         "long. A higher priority (chrt, or Nice= of the service) may help.";
}

std::string busy_cause(const FrameOutput& on) {
  return fmt::format(
      "It was ready, but the kernel did not take it at once ({} refusal{}, {}): it was not done "
      "with the commit before.",
      on.refusals, on.refusals == 1 ? "" : "s", errno_name(on.errnum));
}

std::string display_cause(const FrameOutput& on, Time blank) {
  std::string text = "It was given to the kernel in time";
  if (on.committed) text += ", " + against_blank(*on.committed, blank);
  return text +
         ", and yet the display showed it later: the driver wants commits earlier, or the "
         "display skipped a blank. drm-show keeps more distance after such a frame.";
}

std::string without_blank(std::uint8_t reason) {
  switch (static_cast<MissReason>(reason)) {
    case MissReason::drawing:
      return "Its drawing was late.";
    case MissReason::fence:
      return "The GPU was not done in time.";
    case MissReason::commit:
      return "It was committed too late.";
    case MissReason::busy:
      return "The kernel was busy with the commit before.";
    case MissReason::display:
      return "The display took it a blank late.";
  }
  return "Why is not known.";
}

}  // namespace

std::string late_cause(const Story& story, const FrameStory& frame, const FrameOutput& on) {
  const std::optional<Time> blank = missed_blank(story, frame, on);
  if (!blank) return without_blank(on.reason);
  switch (static_cast<MissReason>(on.reason)) {
    case MissReason::drawing:
      return drawing_cause(story, frame, on, *blank);
    case MissReason::fence:
      return fence_cause(story, frame, *blank);
    case MissReason::commit:
      return commit_cause(frame, on, *blank);
    case MissReason::busy:
      return busy_cause(on);
    case MissReason::display:
      return display_cause(on, *blank);
  }
  return without_blank(on.reason);
}

}  // namespace drmshow
