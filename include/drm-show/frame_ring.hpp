// The ring of framebuffers between whoever draws and the displays: which one may be drawn into, and
// which one each output shows next. It decides only: no file descriptors, no clock, no threads, no
// allocation. Whoever owns it tells it what happened, and does what it says.
//
//   FrameRing ring{3};
//   if (auto frame = ring.acquire()) { draw(frame->slot); ring.submit(*frame); }
//   if (auto flip = ring.next(0)) commit(flip->frame.slot, flip->cookie);  // or ring.refused(…)
//   ring.flipped(0, cookie_of_the_event);
//
// A compositor may go on reading what it has replaced. Over Wayland (SlotReturn::release) a slot is
// free when the compositor has said so as well:
//
//   ring.flipped(0, cookie_of_the_frame_callback);
//   ring.released({slot_of_the_wl_buffer, ring.number(slot_of_the_wl_buffer)});
//
// tests/model explores this very class, with every order of events, for 2 to 4 slots.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "drm-show/export.hpp"

namespace drmshow {

/// What happens to a finished frame that an output has not taken when a newer one is finished.
enum class RingPolicy : std::uint8_t {
  fifo,     ///< it is shown first: whoever draws waits
  mailbox,  ///< it is superseded: the newest finished frame is shown
};

/// When the display has let go of a slot.
enum class SlotReturn : std::uint8_t {
  flip,     ///< when another frame is shown in its place: KMS
  release,  ///< that, and it has said so: a compositor, by wl_buffer.release or a release point. It
            ///< has no mode that we could set: no commit is a modeset.
};

/// What has to signal before a submitted frame is finished.
enum class RenderFence : std::uint8_t {
  none,    ///< nothing: it is finished
  gated,   ///< a fence that the kernel must not be made to wait for: no commit before signalled()
  native,  ///< one of our own GPU's driver, which always signals: the kernel may wait for it, if
           ///< the policy is FIFO and the commit does not block
};

/// One submitted picture, or one being drawn. A number is never used twice, so that a handle kept
/// too long is noticed.
struct Frame {
  std::uint8_t slot = 0;
  std::uint64_t number = 0;  ///< 1 and up, in the order in which they were acquired
  friend bool operator==(const Frame&, const Frame&) = default;
};

/// What to commit.
struct Flip {
  Frame frame;
  std::uint64_t cookie = 0;  ///< for the page-flip event's user data; 1 and up
  bool modeset = false;      ///< it has to set the mode as well, and to block
  bool wait_for_fence =
      false;  ///< the frame's fence has not signalled: hand it over as IN_FENCE_FD
};

enum class FlipResult : std::uint8_t {
  shown,    ///< the frame is on the screen now
  stale,    ///< of a flip that is over: nothing changed
  unknown,  ///< of no flip of this ring: nothing changed
};

/// Fates of the frames that were submitted for an output; the rest are still in the ring.
struct FrameCounts {
  std::uint64_t submitted = 0;
  std::uint64_t shown = 0;
  std::uint64_t superseded = 0;  ///< by a newer one (mailbox)
  std::uint64_t cancelled = 0;   ///< failed, refused for good, or the display went away
  friend bool operator==(const FrameCounts&, const FrameCounts&) = default;
};

/// What a slot is used for. Of several uses by mirrored outputs the last one in this order counts.
enum class SlotUse : std::uint8_t { free, drawing, retiring, ready, pending, scanout };

class DRMSHOW_API FrameRing {
 public:
  static constexpr int least_slots = 2;
  static constexpr int most_slots = 8;
  static constexpr int most_outputs = 4;

  /// `outputs` more than 1: mirrored ones, which show the same framebuffers, each at its own rate.
  /// It takes a slot more than outputs: each may be left with a frame of its own, and nothing could
  /// ever be drawn again if there was no other. SlotReturn::release is for one output, and wants
  /// three slots: with two nobody can draw again if a compositor keeps what it has replaced until
  /// it gets the next frame. Throws Error (usage) for what is not possible.
  explicit FrameRing(int slots, RingPolicy policy = RingPolicy::fifo, int outputs = 1,
                     SlotReturn slot_return = SlotReturn::flip);

  // Whoever draws.

  /// A slot to draw into; nothing if none is free, one is being drawn into already, no output is
  /// there, or the ring was closed.
  std::optional<Frame> acquire();
  /// False, and nothing is changed, if this is not the frame that is being drawn; also after
  /// abort(), where the slot becomes free.
  bool submit(Frame frame, RenderFence fence = RenderFence::none);
  /// The frame will not be finished. False as for submit().
  bool discard(Frame frame);
  /// Its fence has signalled: with success, or with an error, and then its content is not shown.
  /// False if this frame waits for no fence.
  bool signalled(Frame frame, bool success = true);
  /// Its fence has not signalled in time: its content is not shown. The slot stays in use until the
  /// fence does signal: somebody may still write into it. False as above.
  bool expired(Frame frame);

  // Each output.

  /// The frame that next() would give; it changes nothing.
  std::optional<Frame> upcoming(int output) const;
  /// What to commit now; it is pending from here on. Nothing if a flip is pending, no frame is
  /// ready, or the output is away.
  std::optional<Flip> next(int output);
  /// The commit was not accepted, but may be later (EBUSY): the frame is ready again, in its place.
  /// False if that is not what is pending.
  bool refused(int output, std::uint64_t cookie);
  /// The commit was refused for good. False as above.
  bool dropped(int output, std::uint64_t cookie);
  /// The page-flip event, or the return of a blocking commit; over Wayland the frame callback.
  FlipResult flipped(int output, std::uint64_t cookie);

  /// The display does not read this frame's slot any more (SlotReturn::release). It may say so at
  /// any time after the commit, once; as long as the frame is pending or on the screen, its slot
  /// stays in use. False, and nothing is changed, if the display does not hold this frame.
  bool released(Frame frame);

  /// The next commit has to set the mode: after a hotplug or a reset of the device.
  void arm_modeset(int output);
  /// The output must not be touched: the VT went away, or the cable. What it shows stays in use;
  /// frames that only it would still have to take are cancelled, as soon as others are there to go
  /// on.
  void leave(int output);
  /// Our framebuffers are off it for sure: what it showed or waited for is free. (With
  /// SlotReturn::release: and it reads none of them any more, whatever it still holds.)
  void off(int output);
  /// It is back, and its next commit sets the mode.
  void enter(int output);

  // All of it.

  /// No more frames; the submitted ones are still shown. A frame being drawn may be submitted.
  void close();
  /// The device is lost, or the displays are given back: all is cancelled but what is being drawn.
  void abort();

  /// Nothing is being drawn, ready or pending.
  bool drained() const;
  bool closed() const { return closed_; }
  int slots() const { return slot_count_; }
  int outputs() const { return output_count_; }
  RingPolicy policy() const { return policy_; }
  SlotReturn slot_return() const { return slot_return_; }
  SlotUse use(int slot) const;
  /// Of the frame that has the slot, or had it last; 0 if there was none.
  std::uint64_t number(int slot) const { return slots_[index(slot)].number; }
  bool unsignalled(int slot) const { return slots_[index(slot)].unsignalled; }
  RenderFence fence(int slot) const { return slots_[index(slot)].fence; }
  /// Whether the display still has to release it (SlotReturn::release).
  bool held(int slot) const { return slots_[index(slot)].held; }
  /// Whether the output still has to take the frame in this slot.
  bool wanted(int slot, int output) const;
  std::optional<Frame> pending(int output) const;
  std::optional<Frame> scanout(int output) const;
  std::uint64_t pending_cookie(int output) const { return outputs_[index(output)].cookie; }
  bool away(int output) const { return outputs_[index(output)].away; }
  bool needs_modeset(int output) const { return outputs_[index(output)].needs_modeset; }
  bool modeset_pending(int output) const { return outputs_[index(output)].modeset_pending; }
  FrameCounts counts(int output) const { return outputs_[index(output)].counts; }

  friend bool operator==(const FrameRing&, const FrameRing&) = default;

 private:
  friend class RingAccess;  // the flight recorder's
  static constexpr std::uint8_t no_slot = 0xff;

  /// drawing: set by acquire(), cleared by submit() and discard(). wanted: a bit for each output
  /// that has to take the frame; set by submit() and refused(), cleared when it is pending or has
  /// no future. unsignalled: set by submit(), cleared by signalled(). held: set by next() if slots
  /// return by release, cleared by released(), by off(), and if the commit was not made.
  struct Slot {
    std::uint64_t number = 0;
    std::uint8_t wanted = 0;
    bool drawing = false;
    bool unsignalled = false;
    bool held = false;
    RenderFence fence = RenderFence::none;
    friend bool operator==(const Slot&, const Slot&) = default;
  };

  /// cookie: of the pending flip, 0 if none; set by next(), cleared by what ends it. needs_modeset:
  /// set at first and by enter() and arm_modeset(), unless slots return by release; cleared by
  /// next(), set again by refused() and dropped() if that flip was to set the mode
  /// (modeset_pending).
  struct Output {
    std::uint64_t cookie = 0;
    std::uint8_t pending = no_slot;
    std::uint8_t scanout = no_slot;
    bool modeset_pending = false;
    bool needs_modeset = true;
    bool away = false;
    FrameCounts counts;
    friend bool operator==(const Output&, const Output&) = default;
  };

  static std::size_t index(int number) { return static_cast<std::size_t>(number); }
  static std::uint8_t bit(int output) { return static_cast<std::uint8_t>(1u << output); }
  bool is_current(Frame frame) const;
  bool is_drawing(Frame frame) const;
  bool is_free(int number) const;
  bool any_output() const;
  bool may_commit(const Slot& slot, const Output& output) const;
  int first_wanted(int output) const;
  void forget_wanted(int output);
  void cancel_wanted(Slot& slot);
  void supersede_before(const Slot& newer);
  bool newer_is_ready(int output) const;
  bool is_pending(int output, std::uint64_t cookie) const;
  bool has_modes() const { return slot_return_ == SlotReturn::flip; }
  void take_back(Output& output);
  void end_pending(Output& output);

  std::array<Slot, most_slots> slots_{};
  std::array<Output, most_outputs> outputs_{};
  std::uint64_t last_number_ = 0;
  std::uint64_t last_cookie_ = 0;
  std::uint8_t slot_count_;
  std::uint8_t output_count_;
  RingPolicy policy_;
  SlotReturn slot_return_;
  bool closed_ = false;
  bool aborted_ = false;
};

}  // namespace drmshow
