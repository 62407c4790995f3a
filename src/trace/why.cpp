#include "trace/why.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ring/time_math.hpp"
#include "trace/frame_verdict.hpp"
#include "trace/record_fields.hpp"
#include "trace/times.hpp"
#include "trace/usual.hpp"
#include "trace/wrapped.hpp"

namespace drmshow {
namespace {

struct WhyLine {
  Time time;
  std::string text;
};

/// The lines of a frame's timeline.
class WhyLines {
 public:
  WhyLines(const Story& story, const FrameStory& frame) : story_{story}, frame_{frame} {
    add_drawing();
    for (const FrameOutput& on : frame.outputs) add_output(on);
    add_end();
    std::ranges::stable_sort(lines_, {}, &WhyLine::time);
    add_others();
  }

  const std::vector<WhyLine>& lines() const { return lines_; }

 private:
  void add(const std::optional<Time>& time, std::string text) {
    if (time) lines_.push_back({*time, std::move(text)});
  }

  void add_drawing() {
    add(frame_.acquired, fmt::format("framebuffer {} was taken for it", frame_.slot));
    add(frame_.draw_begin, "its drawing began");
    const auto took = draw_time(frame_);
    const std::string time = took && frame_.draw_begin ? ", after " + span_text(*took) : "";
    add(frame_.draw_end,
        (frame_.by_gpu ? "the GPU had all of its commands" : "it was drawn") + time);
    add(frame_.submitted, submit_text());
    const auto fence = fence_time(frame_);
    add(frame_.signalled,
        "the GPU was done with it" + (fence ? ", " + span_text(*fence) + " after that" : ""));
  }

  // Over Wayland a compositor stands between us and the kernel.
  const char* taker() const {
    const bool window = story_.streams[frame_.stream].slot_return == SlotReturn::release;
    return window ? "the compositor" : "the kernel";
  }

  std::string submit_text() const {
    switch (frame_.fence) {
      case RenderFence::gated:
        return "it was handed over, to be shown when the GPU is done with it";
      case RenderFence::native:
        return "it was handed over; the kernel waits for the GPU, which still draws it";
      default:
        return "it was handed over, finished";
    }
  }

  void add_output(const FrameOutput& on) {
    const std::string name = story_.output_name(frame_.stream, on.output);
    add(on.refused, fmt::format("{}: {} did not take it ({}, {} in all)", name, taker(),
                                errno_name(on.errnum), on.refusals));
    add(on.committed,
        fmt::format("{}: {} took it{}", name, taker(), on.modeset ? ", and set the mode" : ""));
    if (const auto blank = missed_blank(story_, frame_, on)) {
      add(blank, fmt::format("{}: a vertical blank passed without it", name));
    }
    add(on.shown, shown_line(on, name));
    if (on.fate == FrameOutput::Fate::superseded) {
      add(on.ended, fmt::format("{}: frame {} took its place in the queue", name, on.by));
    } else if (on.fate == FrameOutput::Fate::cancelled) {
      add(on.ended, fmt::format("{}: it was cancelled", name));
    }
    add_neighbours(on, name);
  }

  static std::string shown_line(const FrameOutput& on, const std::string& name) {
    std::string text = name + ": it was on the screen";
    if (on.sequence != 0) text += fmt::format(", at vertical blank {}", on.sequence);
    if (!on.shown_exactly) text += " (as far as the program noticed)";
    return text;
  }

  void add_neighbours(const FrameOutput& on, const std::string& name) {
    if (const FrameStory* before = shown_before(story_, frame_, on.output)) {
      add(before->on(on.output)->shown,
          fmt::format("{}: frame {}, the one before, was on the screen", name, before->number));
    }
    if (const FrameStory* after = shown_after(story_, frame_, on.output)) {
      const Time then = *after->on(on.output)->shown;
      add(then, fmt::format("{}: frame {} replaced it: it was seen for {}", name, after->number,
                            span_text(between(*on.shown, then))));
    }
  }

  void add_end() {
    switch (frame_.end) {
      case FrameEnd::discarded:
        add(frame_.given_up, "whoever drew it gave it up");
        break;
      case FrameEnd::fence_error:
        add(frame_.given_up, "the GPU failed to draw it");
        break;
      case FrameEnd::expired:
        add(frame_.given_up, "it was given up: the GPU had taken too long");
        break;
      case FrameEnd::none:
        break;
    }
    add(frame_.released, "the compositor does not read it any more");
  }

  // What happened meanwhile that is no frame's matter.
  void add_others() {
    if (lines_.empty()) return;
    const Time from = lines_.front().time;
    const Time to = lines_.back().time;
    for (const StoryEvent& event : story_.events) {
      if (event.time >= from && event.time <= to) add(event.time, "meanwhile: " + event.text);
    }
    std::ranges::stable_sort(lines_, {}, &WhyLine::time);
  }

  const Story& story_;
  const FrameStory& frame_;
  std::vector<WhyLine> lines_;
};

Time zero_of(const FrameStory& frame, const std::vector<WhyLine>& lines) {
  if (frame.acquired) return *frame.acquired;
  return lines.empty() ? Time{} : lines.front().time;
}

std::string other_streams_text(const Story& story, const FrameStory& frame) {
  const bool others = std::ranges::any_of(story.frames, [&](const FrameStory& other) {
    return other.number == frame.number && other.stream != frame.stream;
  });
  if (!others) return {};
  return fmt::format("\nOther streams have a frame {}, too. This is that of stream {}: {}:{}.\n",
                     frame.number, story.streams[frame.stream].number,
                     story.streams[frame.stream].number, frame.number);
}

using WhyJson = nlohmann::ordered_json;

WhyJson time_json(const std::optional<Time>& time) {
  return time ? WhyJson(time->time_since_epoch().count()) : WhyJson{};
}

const char* fate_name(FrameOutput::Fate fate) {
  switch (fate) {
    case FrameOutput::Fate::open:
      return "open";
    case FrameOutput::Fate::shown:
      return "shown";
    case FrameOutput::Fate::superseded:
      return "superseded";
    case FrameOutput::Fate::cancelled:
      return "cancelled";
  }
  return "unknown";
}

WhyJson on_output_json(const Story& story, const FrameStory& frame, const FrameOutput& on) {
  return {{"name", story.output_name(frame.stream, on.output)},
          {"fate", fate_name(on.fate)},
          {"committed_ns", time_json(on.committed)},
          {"shown_ns", time_json(on.shown)},
          {"sequence", on.sequence},
          {"refused_commits", on.refusals},
          {"errno", on.errnum},
          {"by", on.by},
          {"missed_blanks", on.missed},
          {"reason", on.missed > 0 ? WhyJson(miss_reason_name(on.reason)) : WhyJson{}},
          {"verdict", frame_verdict(story, frame, on)}};
}

}  // namespace

std::string why_text(const Story& story, std::size_t frame, const RecordingInfo& info) {
  const FrameStory& told = story.frames.at(frame);
  const WhyLines timeline{story, told};
  std::string text = wrapped(frame_verdict(story, told));
  if (timeline.lines().empty()) return text;
  const Time zero = zero_of(told, timeline.lines());
  text += fmt::format("\n{}, {} s after the recording began:\n",
                      wall_text(zero, day_clock(story, info).offset_at(zero)),
                      seconds_text(between(info.begin, zero)));
  for (const WhyLine& line : timeline.lines()) {
    const std::string head =
        fmt::format("{:>+12.2f} ms  ", in_milliseconds(between(zero, line.time)));
    text += head + wrapped(line.text, 80, head.size());
  }
  return text + other_streams_text(story, told);
}

std::string why_json(const Story& story, std::size_t frame) {
  const FrameStory& told = story.frames.at(frame);
  WhyJson json{{"stream", story.streams[told.stream].number},
               {"frame", told.number},
               {"slot", told.slot},
               {"fence", fence_name(told.fence)},
               {"acquired_ns", time_json(told.acquired)},
               {"draw_begin_ns", time_json(told.draw_begin)},
               {"draw_end_ns", time_json(told.draw_end)},
               {"submitted_ns", time_json(told.submitted)},
               {"signalled_ns", time_json(told.signalled)},
               {"given_up_ns", time_json(told.given_up)},
               {"verdict", frame_verdict(story, told)},
               {"outputs", WhyJson::array()}};
  for (const FrameOutput& on : told.outputs) {
    json["outputs"].push_back(on_output_json(story, told, on));
  }
  return json.dump(2, ' ', false, WhyJson::error_handler_t::replace) + "\n";
}

}  // namespace drmshow
