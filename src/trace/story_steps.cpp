// The steps of presenters in a story.
#include <algorithm>
#include <cerrno>

#include <fmt/format.h>

#include "trace/record_fields.hpp"
#include "trace/story_builder.hpp"

namespace drmshow {

void StoryBuilder::add_step(const PresentRecord& step, Time time) {
  if (step.step == PresentStep::acquire) return add_acquire(step, time);
  add_output_event(step, time);
  if (step.frame == 0) return;
  add_drawer_step(step, time);
  add_output_step(step, time);
}

// Numbers grow within a ring: one that does not is another ring's.
void StoryBuilder::add_acquire(const PresentRecord& step, Time time) {
  if (step.frame == 0) return;
  CurrentStream& stream = current(step.stream);
  if (stream.may_begin && step.frame <= story_.streams[stream.index].last_number) {
    begin_again(step.stream);
  }
  current_[step.stream].may_begin = false;
  frame(step.stream, step.frame, step.slot).acquired = time;
}

void StoryBuilder::give_up(const PresentRecord& step, Time time, FrameEnd end) {
  FrameStory& given = frame(step.stream, step.frame, step.slot);
  given.given_up = time;
  given.end = end;
}

// Steps of the frame itself, and of who draws it.
void StoryBuilder::add_drawer_step(const PresentRecord& step, Time time) {
  switch (step.step) {
    case PresentStep::submit: {
      FrameStory& submitted = frame(step.stream, step.frame, step.slot);
      submitted.submitted = time;
      submitted.fence = step.fence;
      return;
    }
    case PresentStep::discard:
      return give_up(step, time, FrameEnd::discarded);
    case PresentStep::signal:
      frame(step.stream, step.frame, step.slot).signalled = time;
      return;
    case PresentStep::fence_error:
      return give_up(step, time, FrameEnd::fence_error);
    case PresentStep::expire:
      return give_up(step, time, FrameEnd::expired);
    case PresentStep::release:
      frame(step.stream, step.frame, step.slot).released = time;
      return;
    default:
      return;
  }
}

// Steps of an output with a frame.
void StoryBuilder::add_output_step(const PresentRecord& step, Time time) {
  switch (step.step) {
    case PresentStep::commit:
      return add_commit(step, time);
    case PresentStep::modeset:
      add_commit(step, time);
      frame_output(step).modeset = true;
      return add_shown(step, time);
    case PresentStep::busy:
    case PresentStep::refuse:
      return add_refusal(step, time);
    case PresentStep::flip:
      return add_shown(step, time);
    case PresentStep::watchdog:
      frame_output(step).event_lost = true;
      return add_shown(step, time);
    case PresentStep::reset:
      frame_output(step).event_lost = true;
      frame_output(step).committed.reset();
      return;
    case PresentStep::superseded:
      return add_fate(step, time, FrameOutput::Fate::superseded);
    case PresentStep::cancelled:
      return add_fate(step, time, FrameOutput::Fate::cancelled);
    case PresentStep::seen:
      return add_seen(step, time);
    default:
      return;
  }
}

void StoryBuilder::add_commit(const PresentRecord& step, Time time) {
  FrameOutput& taken = frame_output(step);
  taken.committed = time;
  taken.flags = step.flags;
}

void StoryBuilder::add_refusal(const PresentRecord& step, Time time) {
  FrameOutput& refused = frame_output(step);
  if (!refused.refused) refused.refused = time;
  ++refused.refusals;
  refused.errnum = step.errnum;
}

void StoryBuilder::add_shown(const PresentRecord& step, Time time) {
  FrameOutput& on = frame_output(step);
  if (!on.shown) {
    const FrameStory& which = frame(step.stream, step.frame, step.slot);
    output(step.stream, step.output).shown.push_back(frames_.at({which.stream, which.number}));
  }
  on.fate = FrameOutput::Fate::shown;
  // What a compositor has said is more exact.
  if (!on.shown_exactly) {
    on.shown_exactly = step.shown_ns != 0;
    on.shown = on.shown_exactly ? Time{Nanoseconds{step.shown_ns}} : time;
    on.sequence = step.sequence;
  }
  bool& afresh = afresh_[{current(step.stream).index, step.output}];
  on.afresh = on.afresh || afresh || step.step == PresentStep::modeset;
  afresh = false;
}

// It may come before the frame callback, which says no more than that the next frame may come.
void StoryBuilder::add_seen(const PresentRecord& step, Time time) {
  FrameOutput& on = frame_output(step);
  if (step.shown_ns == 0) return;
  if (on.shown) {
    on.shown_exactly = true;
    on.shown = Time{Nanoseconds{step.shown_ns}};
    on.sequence = step.sequence;
    return;
  }
  add_shown(step, time);
}

void StoryBuilder::add_fate(const PresentRecord& step, Time time, FrameOutput::Fate fate) {
  FrameOutput& on = frame_output(step);
  on.fate = fate;
  on.ended = time;
  on.by = step.by;
  if (step.errnum != 0) on.errnum = step.errnum;
}

// What somebody who reads about one frame wants to know of the others, too.
void StoryBuilder::add_output_event(const PresentRecord& step, Time time) {
  using Kind = StoryEvent::Kind;
  const std::string name = output_name(step.stream, step.output);
  const auto leave_text = [&] {
    if (step.errnum == ECANCELED) return name + " was let go of: the screen is another's";
    if (step.errnum == EACCES) return name + " was taken by another program";
    return name + " was unplugged";
  };
  const auto afresh = [&] { afresh_[{current(step.stream).index, step.output}] = true; };
  switch (step.step) {
    case PresentStep::leave:
      afresh();
      return add_event(Kind::output, time, leave_text());
    case PresentStep::enter:
      afresh();
      return add_event(Kind::output, time, name + " is back");
    case PresentStep::watchdog:
      return add_event(Kind::output, time, name + ": the event of a page flip got lost");
    case PresentStep::reset:
      afresh();
      return add_event(Kind::output, time,
                       name + ": a page flip never happened; the mode is set again");
    case PresentStep::refuse:
      return add_event(Kind::error, time,
                       fmt::format("{}: the kernel refused frame {} for good ({})", name,
                                   step.frame, errno_name(step.errnum)));
    case PresentStep::expire:
      return add_event(
          Kind::gpu, time,
          fmt::format("frame {} was given up: the GPU was not done in time", step.frame));
    case PresentStep::fence_error:
      return add_event(Kind::gpu, time,
                       fmt::format("frame {} was given up: the GPU failed to draw it", step.frame));
    default:
      return;
  }
}

}  // namespace drmshow
