#include "trace/summary.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "ring/time_math.hpp"

namespace drmshow {
namespace {

constexpr std::size_t most_outputs = 64;
// A frame that stayed for longer, with no blank counted as missed, was meant to: a still picture.
constexpr Nanoseconds longest_interval = std::chrono::seconds{1};

void add_span(const std::optional<Time>& from, const std::optional<Time>& to,
              DurationHistogram& histogram) {
  if (from && to && *to >= *from) histogram.add(between(*from, *to));
}

// Who draws without saying so has done it between these two.
void add_draw_time(const FrameStory& frame, OutputSummary& summary) {
  if (frame.draw_begin && frame.draw_end) {
    add_span(frame.draw_begin, frame.draw_end, summary.draw);
  } else {
    add_span(frame.acquired, frame.submitted, summary.draw);
  }
}

void add_on_output(const FrameStory& frame, const FrameOutput& on, OutputSummary& summary) {
  summary.counts.shown += on.shown ? 1 : 0;
  summary.counts.superseded += on.fate == FrameOutput::Fate::superseded ? 1 : 0;
  summary.counts.cancelled += on.fate == FrameOutput::Fate::cancelled ? 1 : 0;
  summary.refusals += on.refusals;
  summary.missed[std::min<std::size_t>(on.reason, miss_reasons)] += on.missed;
  if (!on.shown) return;
  add_span(frame.submitted, on.shown, summary.latency);
  if (!on.modeset) add_span(on.committed, on.shown, summary.flip);
}

void add_frame(const FrameStory& frame, std::uint8_t output, OutputSummary& summary) {
  summary.counts.submitted += frame.submitted ? 1 : 0;
  add_draw_time(frame, summary);
  if (frame.fence != RenderFence::none) add_span(frame.submitted, frame.signalled, summary.fence);
  if (const FrameOutput* on = frame.on(output)) add_on_output(frame, *on, summary);
}

void add_intervals(const Story& story, const StoryOutput& output, std::uint8_t number,
                   OutputSummary& summary) {
  for (std::size_t i = 1; i < output.shown.size(); ++i) {
    const FrameOutput* before = story.frames[output.shown[i - 1]].on(number);
    const FrameOutput* after = story.frames[output.shown[i]].on(number);
    const Nanoseconds span = between(*before->shown, *after->shown);
    if (!after->afresh && (span < longest_interval || after->missed > 0))
      summary.interval.add(span);
  }
}

/// The summaries of outputs, by name: DP-1 of the next presenter is the same display.
class SummaryBook {
 public:
  explicit SummaryBook(Summary& summary) : summary_{summary} {}

  OutputSummary* of(const std::string& name) {
    const auto found = std::ranges::find(summary_.outputs, name, &OutputSummary::name);
    if (found != summary_.outputs.end()) return &*found;
    if (summary_.outputs.size() == most_outputs) {
      ++summary_.left_out;
      return nullptr;
    }
    summary_.outputs.push_back({});
    summary_.outputs.back().name = name;
    return &summary_.outputs.back();
  }

 private:
  Summary& summary_;
};

std::vector<std::vector<std::size_t>> frames_by_stream(const Story& story) {
  std::vector<std::vector<std::size_t>> frames(story.streams.size());
  for (std::size_t i = 0; i < story.frames.size(); ++i) {
    frames[story.frames[i].stream].push_back(i);
  }
  return frames;
}

}  // namespace

std::uint64_t OutputSummary::all_missed() const {
  return std::accumulate(missed.begin(), missed.end(), std::uint64_t{0});
}

Summary summarise(const Story& story) {
  Summary summary;
  SummaryBook book{summary};
  const auto frames = frames_by_stream(story);
  for (std::size_t stream = 0; stream < story.streams.size(); ++stream) {
    for (const auto& [number, output] : story.streams[stream].outputs) {
      OutputSummary* of_output = book.of(story.output_name(stream, number));
      if (!of_output) continue;
      of_output->crtc = output.crtc;
      if (output.period > Nanoseconds{}) of_output->period = output.period;
      for (const std::size_t frame : frames[stream]) {
        add_frame(story.frames[frame], number, *of_output);
      }
      add_intervals(story, output, number, *of_output);
    }
  }
  return summary;
}

std::string reason_words(std::uint8_t reason) {
  switch (static_cast<MissReason>(reason)) {
    case MissReason::drawing:
      return "because drawing was late";
    case MissReason::fence:
      return "because the GPU was not done";
    case MissReason::commit:
      return "because the commit was late";
    case MissReason::busy:
      return "because the kernel was busy";
    case MissReason::display:
      return "because the display took the frame a blank late";
  }
  return "for a reason that is not known";
}

std::string verdict(const OutputSummary& output) {
  const std::uint64_t missed = output.all_missed();
  if (output.counts.shown == 0) return output.name + " has shown no frame in this recording.";
  if (output.name == no_display) {
    return fmt::format("There was no display; {} frames were drawn.", output.counts.shown);
  }
  if (missed == 0) {
    return fmt::format("{} did not stutter: all of its {} frames came in time.", output.name,
                       output.counts.shown);
  }
  std::vector<std::pair<std::uint64_t, std::uint8_t>> reasons;
  for (std::size_t i = 0; i < output.missed.size(); ++i) {
    if (output.missed[i] > 0) reasons.emplace_back(output.missed[i], static_cast<std::uint8_t>(i));
  }
  std::ranges::stable_sort(reasons, std::greater<>{}, &decltype(reasons)::value_type::first);
  std::string text =
      fmt::format("{} stuttered: {} of {} vertical blanks had no new frame although one was due",
                  output.name, missed, output.counts.shown + missed);
  if (reasons.size() == 1) return text + ", " + reason_words(reasons.front().second) + ".";
  const char* separator = ": ";
  for (const auto& [count, reason] : reasons) {
    text += fmt::format("{}{} {}", separator, count, reason_words(reason));
    separator = ", ";
  }
  return text + ".";
}

}  // namespace drmshow
