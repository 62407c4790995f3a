// A ring with its framebuffers, and what is known of the frame in each.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include <poll.h>

#include "drm-show/presenter.hpp"
#include "present/surface.hpp"
#include "ring/pacer.hpp"

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

/// When and at which vertical blank a frame came onto the screen, as the display says; 0: it does
/// not.
struct ShownAt {
  Time time{};
  std::uint32_t sequence = 0;
};

/// The end of a flip.
struct Flipped {
  std::uint64_t cookie = 0;
  PresentStep how = PresentStep::flip;
  ShownAt shown{};
  std::uint16_t flags = 0;  ///< of a modeset: those of its commit
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
  /// Frames that this output has pending, or still has to take.
  int on_their_way(int output) const;
  /// A driver refused a fence: from here on the kernel gets none of this stream's.
  void keep_fences() { native_fences_ = false; }

  /// Frames whose fences are, or were, waited for here; by HeldBack.
  const std::array<std::uint64_t, held_back_reasons>& held_back() const { return held_back_; }

  // As the ring's, each told to the observer.
  /// Throws Error if there is no memory for a framebuffer that is needed for the first time.
  std::optional<Canvas> acquire(Time now);
  /// ... but not before `begin`, if that is when to draw as of now: what was planned before stays,
  /// so that who wakes too late does not put it off again. Time::max(), nothing is to be drawn,
  /// ends the plan. Whoever came too early has to be woken: see deadline().
  std::optional<Canvas> acquire_from(Time begin, Time now);
  bool submit(Frame frame, Submission submission, Time now);
  bool discard(Frame frame, Time now);
  std::optional<Flip> next(int output) { return ring_.next(output); }
  /// `flags` of the commit: PresentEvent::flags.
  void committed(int output, const Flip& flip, Time now, std::uint16_t flags = 0);
  void refused(int output, std::uint64_t cookie, int errnum, Time now, std::uint16_t flags = 0);
  void dropped(int output, std::uint64_t cookie, int errnum, Time now, std::uint16_t flags = 0);
  FlipResult flipped(int output, const Flipped& flip, Time now);
  bool released(Frame frame, Time now);
  void reset(int output, Time now);
  void arm_modeset(int output, Time now);
  void leave(int output, int errnum, Time now);
  void off(int output, Time now);
  void enter(int output, Time now);
  void close(Time now);
  void abort(Time now);
  // Of no consequence to the ring.
  void seen(int output, Frame frame, const ShownAt& shown, Time now);
  void unseen(int output, Frame frame, Time now);
  void missed(int output, Frame frame, const Miss& miss, Time now);

  /// Whether somebody has to wait for the fence in this slot: not if the kernel does.
  bool waits_for_fence(int slot) const;
  /// From then on its fence will not come any more, as far as anybody can tell.
  Time hopeless_from(int slot) const;
  /// To poll: those that somebody has to wait for.
  void add_fences(std::vector<pollfd>& fds) const;
  /// Asks each of these, and gives up what did not come in time. Throws Error (device_lost) if
  /// there is nothing left to draw into, because too many fences stay away.
  void look_at_fences(Time now);
  /// When to look at fences, or to draw, at the latest; also if whoever draws came too early, and
  /// it is time by now.
  Time deadline(Time now) const;

 private:
  static std::size_t at(int slot) { return static_cast<std::size_t>(slot); }
  Frame frame_in(int slot) const { return {static_cast<std::uint8_t>(slot), ring_.number(slot)}; }
  void tell(const PresentEvent& event) const {
    if (observer_) observer_->on(event);
  }
  template <class Change>
  bool take_step(const PresentEvent& step, const Change& change);
  PresentEvent event(PresentStep step, Time now, int output = 0) const;
  PresentEvent event_of(PresentStep step, Frame frame, Time now, int output = 0) const;
  PresentEvent event_of_pending(PresentStep step, Time now, int output) const;
  void make_surface(int slot);
  bool sets_a_mode(int slot) const;
  void note_held_back(int slot, RenderFence asked);
  bool can_go_on() const;
  void look_at_fence(int slot, Time now);
  void expire_fence(int slot, Time now);
  Time fence_deadline(int slot) const;
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
  Time draw_later_ = Time::max();  // when to wake whoever came too early, since waited()
  Time draw_by_ = Time::max();     // set by acquire_from(), cleared by acquire()
  bool native_fences_ = true;      // cleared by keep_fences()
  std::array<std::uint64_t, held_back_reasons> held_back_{};
};

}  // namespace drmshow
