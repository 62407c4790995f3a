// A ring with its framebuffers, and what is known of the frame in each.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "drm-show/presenter.hpp"
#include "present/surface.hpp"

namespace drmshow {

/// What is known of a slot's frame. fence: set by submit(), cleared when it has signalled, or when
/// the frame is on the screen, which it would not be otherwise.
struct SlotFrame {
  Time acquired{};
  Time submitted{};
  Time ready{};
  Time due = Time::min();
  UniqueFd fence;
  bool fenced = false;
  bool expired = false;  // given up; the fence is still waited for, since somebody may still draw
};

class FrameStream {
 public:
  struct Shape {
    Size size;
    Format format;  ///< with ImageRung::copy
    int outputs = 1;
    SlotReturn slot_return = SlotReturn::flip;
  };
  /// Without framebuffers yet: see take_way(). `surfaces` outlives it.
  FrameStream(SurfaceMaker& surfaces, std::uint8_t index, const Shape& shape,
              const PresentOptions& options);

  /// From here on framebuffers are made this way: those that the CPU draws into (ImageRung::copy)
  /// all of them now, images the first of them now and others when they are needed first. Throws
  /// Error if that one cannot be made. Nothing has been drawn yet.
  void take_way(const ImageWay& way);
  const ImageWay& way() const { return way_; }
  /// Of its framebuffers, once the way is taken.
  Format format() const { return way_.rung == ImageRung::copy ? shape_.format : way_.format; }

  const FrameRing& ring() const { return ring_; }
  /// Of a slot that has been acquired, or the first.
  const Surface& surface(int slot) const { return *surfaces_[at(slot)]; }
  Surface& surface(int slot) { return *surfaces_[at(slot)]; }
  bool has_surface(int slot) const { return surfaces_[at(slot)] != nullptr; }
  Canvas canvas(Frame frame, Time shows_at) const;
  const SlotFrame& slot(int slot) const { return slots_[at(slot)]; }
  /// Whoever draws all the time (mailbox) must come round to wait() as well: after as many frames
  /// as there are slots it gets none until then.
  bool had_enough() const { return given_ >= ring_.slots(); }
  void waited() {
    given_ = 0;
    draw_later_ = Time::max();
  }
  /// Whoever draws came too early, and has to be woken at `time`: also if that has passed by the
  /// time when the presenter looks for what to wait for. Time::max() if nobody has.
  void draw_later(Time time) { draw_later_ = time; }
  Time draw_later() const { return draw_later_; }
  /// When to draw, if that is `time` as of now: what was planned before stays, so that who wakes
  /// too late does not put it off again. Time::max(), nothing is to be drawn, ends the plan.
  Time plan_drawing(Time time) {
    draw_by_ = time == Time::max() ? time : std::min(draw_by_, time);
    return draw_by_;
  }
  /// A driver refused a fence: from here on the kernel gets none of this stream's.
  void keep_fences() { native_fences_ = false; }

  // As the ring's, each told to the observer.
  /// Throws Error if there is no memory for a framebuffer that is needed for the first time.
  std::optional<Canvas> acquire(Time now);
  bool submit(Frame frame, Submission submission, Time now);
  bool discard(Frame frame, Time now);
  std::optional<Flip> next(int output) { return ring_.next(output); }
  void committed(int output, const Flip& flip, Time now);
  void refused(int output, std::uint64_t cookie, int errnum, Time now);
  void dropped(int output, std::uint64_t cookie, int errnum, Time now);
  FlipResult flipped(int output, std::uint64_t cookie, PresentStep how, Time now);
  bool released(Frame frame, Time now);
  void reset(int output, Time now);
  void arm_modeset(int output, Time now);
  void leave(int output, int errnum, Time now);
  void off(int output, Time now);
  void enter(int output, Time now);
  void close(Time now);
  void abort(Time now);

  /// Whether somebody has to wait for the fence in this slot: not if the kernel does.
  bool waits_for_fence(int slot) const;
  /// When its frame is given up; Time::max() if it never is, or has been.
  Time fence_deadline(int slot) const;
  /// From then on its fence will not come any more, as far as anybody can tell.
  Time hopeless_from(int slot) const;
  /// Asks the fence.
  void look_at_fence(int slot, Time now);
  /// Gives up what did not come in time. Throws Error (device_lost) if there is nothing left to
  /// draw into, because too many fences stay away.
  void expire_fence(int slot, Time now);

 private:
  static std::size_t at(int slot) { return static_cast<std::size_t>(slot); }
  Frame frame_in(int slot) const { return {static_cast<std::uint8_t>(slot), ring_.number(slot)}; }
  void tell(const PresentEvent& event) const {
    if (observer_) observer_->on(event);
  }
  PresentEvent event(PresentStep step, Time now, int output = 0) const;
  PresentEvent event_of_pending(PresentStep step, Time now, int output) const;
  void make_surface(int slot);
  bool can_go_on() const;
  void finish_fence(int slot, bool success, Time now);

  SurfaceMaker& maker_;
  Shape shape_;
  FrameRing ring_;
  ImageWay way_;  // set by take_way()
  std::array<std::unique_ptr<Surface>, FrameRing::most_slots> surfaces_;
  std::array<SlotFrame, FrameRing::most_slots> slots_{};
  Nanoseconds fence_timeout_;
  PresentObserver* observer_;
  std::uint8_t index_;
  int given_ = 0;                  // frames since waited()
  Time draw_later_ = Time::max();  // since waited()
  Time draw_by_ = Time::max();     // set by plan_drawing(), cleared by acquire()
  bool native_fences_ = true;      // cleared by keep_fences()
};

}  // namespace drmshow
