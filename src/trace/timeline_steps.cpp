// The steps of presenters on a timeline.
#include <algorithm>

#include <fmt/format.h>

#include "trace/timeline_builder.hpp"

namespace drmshow {
namespace {

std::string step_frame(const PresentRecord& step) {
  return fmt::format("frame {}", step.frame);
}

bool is_shown(PresentStep step) {
  return step == PresentStep::flip || step == PresentStep::modeset || step == PresentStep::watchdog;
}

}  // namespace

void TimelineBuilder::add_fence(const PresentRecord& step, Time time) {
  if (step.step == PresentStep::submit && step.fence != RenderFence::none) {
    const bool native = step.fence == RenderFence::native;
    TimelineEvent& slice =
        fences(step.stream, step.slot).begin(time, TimelineLook::fence, step_frame(step));
    slice.flow = flow_of(info_.pid, step.stream, step.frame);
    slice.arguments = {{"waited_for_by", native ? "the kernel" : "us"}};
    return;
  }
  const bool over = step.step == PresentStep::signal || step.step == PresentStep::fence_error ||
                    step.step == PresentStep::expire;
  if (!over) return;
  TimelineTrack& fence = fences(step.stream, step.slot);
  fence.end(time);
  if (step.step == PresentStep::signal) return;
  fence.instant(time, TimelineLook::trouble,
                step.step == PresentStep::expire ? "given up: too late" : "failed");
}

void TimelineBuilder::add_commit(const PresentRecord& step, Time time) {
  TimelineEvent& slice =
      commits(step.stream, step.output).begin(time, TimelineLook::pending, step_frame(step));
  slice.flow = flow_of(info_.pid, step.stream, step.frame);
  slice.arguments = {{"cookie", static_cast<std::int64_t>(step.cookie)},
                     {"flags", std::int64_t{step.flags}}};
}

void TimelineBuilder::add_refusal(const PresentRecord& step, Time time) {
  TimelineTrack& track = commits(step.stream, step.output);
  if (step.step != PresentStep::stale_flip) track.end(time);
  std::string text = "an old event";
  if (step.step == PresentStep::busy) text = "busy";
  if (step.step == PresentStep::refuse) text = "refused";
  if (step.step == PresentStep::reset) text = "no event: starts again";
  TimelineEvent& mark = track.instant(time, TimelineLook::trouble, text);
  mark.arguments = {{"frame", static_cast<std::int64_t>(step.frame)},
                    {"errno", std::int64_t{step.errnum}}};
}

void TimelineBuilder::add_flip(const PresentRecord& step, Time time) {
  const Time shown = shown_at(step, time);
  end_ = std::max(end_, shown);
  commits(step.stream, step.output).end(shown);
  TimelineEvent& slice =
      screen(step.stream, step.output).begin(shown, TimelineLook::screen, step_frame(step));
  slice.flow = flow_of(info_.pid, step.stream, step.frame);
  slice.arguments = {{"sequence", std::int64_t{step.sequence}}};
  if (step.step == PresentStep::flip && shown != time) {
    slice.arguments.push_back({"told_after_ns", (time - shown).count()});
    flips_.push_back({step.stream, step.output, step.sequence, step.frame, shown});
  }
  Output& output = streams_[step.stream].outputs[step.output];
  output.shown = shown;
  output.shown_frame = step.frame;
  if (output.missed && output.missed->frame == step.frame) put_missed(output, *output.missed);
  output.missed.reset();
}

void TimelineBuilder::add_absence(const PresentRecord& step, Time time) {
  TimelineTrack& track = screen(step.stream, step.output);
  if (step.step == PresentStep::leave) {
    track.begin(time, TimelineLook::away, "away").arguments = {
        {"errno", std::int64_t{step.errnum}}};
  } else {
    track.end(time);
  }
  commits(step.stream, step.output).end(time);
}

// Frames that nobody will see.
void TimelineBuilder::add_loss(const PresentRecord& step, Time time) {
  const bool superseded = step.step == PresentStep::superseded;
  TimelineEvent& mark =
      commits(step.stream, step.output)
          .instant(time, superseded ? TimelineLook::event : TimelineLook::trouble,
                   step_frame(step) + (superseded ? " superseded" : " cancelled"));
  mark.flow = flow_of(info_.pid, step.stream, step.frame);
  if (superseded) mark.arguments = {{"by", static_cast<std::int64_t>(step.by)}};
}

void TimelineBuilder::add_present(const PresentRecord& step, Time time) {
  if (step.slot >= RingShadow::slots || step.output >= RingShadow::outputs) return;
  streams_[step.stream].ring.step(step);
  update_slots(step.stream, is_shown(step.step) ? shown_at(step, time) : time);
  switch (step.step) {
    case PresentStep::submit:
    case PresentStep::signal:
    case PresentStep::fence_error:
    case PresentStep::expire:
      return add_fence(step, time);
    case PresentStep::commit:
      return add_commit(step, time);
    case PresentStep::busy:
    case PresentStep::refuse:
    case PresentStep::reset:
    case PresentStep::stale_flip:
      return add_refusal(step, time);
    case PresentStep::modeset:
    case PresentStep::flip:
    case PresentStep::watchdog:
      return add_flip(step, time);
    case PresentStep::leave:
    case PresentStep::off:
    case PresentStep::enter:
      return add_absence(step, time);
    case PresentStep::superseded:
    case PresentStep::cancelled:
      return add_loss(step, time);
    case PresentStep::seen:
      screen(step.stream, step.output)
          .instant(shown_at(step, time), TimelineLook::event, step_frame(step) + " seen")
          .flow = flow_of(info_.pid, step.stream, step.frame);
      return;
    default:
      return;
  }
}

}  // namespace drmshow
