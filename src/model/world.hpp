// The shipped FrameRing in a world of everything that can happen to it: a producer, render fences,
// a kernel with its commits and events, VT switches and cables, the end; or a compositor with its
// frame callbacks and releases. One action at a time.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "drm-show/frame_ring.hpp"

namespace drmshow::model {

struct Setup {
  int slots = 3;
  RingPolicy policy = RingPolicy::fifo;
  int outputs = 1;
  int leaves = 1;      ///< how often outputs may go away, in all
  bool track = false;  ///< follow one frame, for liveness
  /// States that differ only in the names of slots are the same state: the ring treats all slots
  /// alike, but for choosing the first one that is free, which is as good as any other.
  bool rename = false;
  bool unseen = true;  ///< a display may know before we do that the GPU has done
  /// release: a compositor, which reads a slot from the commit until it says that it does not.
  SlotReturn slot_return = SlotReturn::flip;
  /// It may keep what it has replaced last until it replaces the next one, and not only for a
  /// while.
  bool keeps_last = false;
};

enum class Act : std::uint8_t {
  acquire,
  submit,
  submit_gated,
  submit_native,
  discard,  // the producer
  signal,
  fence_error,
  expire,  // of a slot
  commit,
  commit_busy,
  commit_refused,
  commit_device_lost,  // of an output: next(), and its fate
  vblank,
  vblank_event_late,
  vblank_event_lost,
  event,
  watchdog,
  reset,
  hotplug,
  leave,
  off,
  enter,
  release,
  release_early,  // of a slot: it had to come, or the compositor could have kept it
  close,
  abort,
  track,
};
inline constexpr int act_count = static_cast<int>(Act::track) + 1;
const char* name(Act act);

/// `which`: a slot or an output, or 0.
struct Action {
  Act act;
  std::uint8_t which;
};
std::string to_string(Action action);

/// What decides about the future, without absolute numbers: equal keys, equal futures.
struct Key {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  friend auto operator<=>(const Key&, const Key&) = default;
};

class World {
 public:
  explicit World(const Setup& setup);
  /// With this ring, between two steps; `over`: it was aborted.
  static World resumed(const Setup& setup, const FrameRing& ring, bool over);

  /// False if it surely cannot happen now, or would change nothing: much cheaper than to try.
  bool may(Action action) const;
  /// False if it cannot happen now; the world is then to be thrown away. What is wrong, if anything
  /// is, is in error().
  bool apply(Action action);
  /// What is wrong with the state as it is; nullptr if nothing.
  const char* check() const;
  const char* error() const { return error_; }
  Key key() const;
  std::string text() const;

  const FrameRing& ring() const { return ring_; }
  bool over() const { return over_; }
  /// Nothing of ours is on any output, and nothing will be.
  bool console() const;
  bool tracking() const { return tracked_.has_value(); }

 private:
  enum class Event : std::uint8_t { none, queued, late };
  /// What the GPU does with a slot. unseen: it has done, but nobody has told the ring yet, though
  /// the display may show it already.
  enum class Gpu : std::uint8_t { idle, writes, unseen };

  /// The kernel's truth about an output. queued: accepted and not yet on the screen. event: on its
  /// way to us, for event_cookie. replaced: what was on the screen before, if the display may keep
  /// that. is_off: the console is shown, or nothing.
  struct Kernel {
    std::optional<Frame> screen;
    std::optional<Frame> queued;
    std::optional<Frame> replaced;
    std::uint64_t queued_cookie = 0;
    std::uint64_t event_cookie = 0;
    std::uint64_t last_shown = 0;
    Event event = Event::none;
    bool armed = true;
    bool is_off = true;
  };

  /// rank: of the slot's frame by age, from 1; 0 if it is free. name: of the slot, from 1; 0 if it
  /// needs none. slot: of a name minus 1.
  struct Ranks {
    std::array<std::uint8_t, FrameRing::most_slots> rank{};
    std::array<std::uint8_t, FrameRing::most_slots> name{};
    std::array<std::uint8_t, FrameRing::most_slots> slot{0xff, 0xff, 0xff, 0xff,
                                                         0xff, 0xff, 0xff, 0xff};
  };
  using Superseded = std::array<std::uint64_t, FrameRing::most_outputs>;

  // world_resumed.cpp
  void resume_slot(int slot);
  void resume_output(int output);

  bool acquire();
  bool submit(RenderFence fence);
  bool signal(int slot, bool success);
  bool expire(int slot);
  bool commit(int output, Act fate);
  bool accept(int output, const Flip& flip);
  bool refuse(int output, const Flip& flip, bool for_good);
  bool vblank(int output, Event event);
  bool deliver(int output);
  bool watchdog(int output);
  bool reset(int output);
  bool hotplug(int output);
  bool leave(int output);
  bool off(int output);
  bool enter(int output);
  bool release(int slot);
  bool may_keep(int slot) const;
  bool is_wayland() const { return setup_.slot_return == SlotReturn::release; }
  bool abort();
  bool track(int output);
  void lose_device();
  bool finish_queued(const Kernel& kernel);
  bool finish(int slot);
  void show(int output, Frame frame);
  void expect(bool truth, const char* otherwise);
  void check_superseded(const Superseded& before);
  void check_step();
  void check_choice(int output, const Flip& flip);
  bool in_ring(Frame frame, int output) const;
  bool is_wanted(int slot) const;
  bool has_frames(int output) const;
  void forget_if_gone();
  const char* check_slots() const;
  bool somebody_is_there() const;
  const char* check_output(int output) const;
  const char* check_upcoming(int output) const;
  const char* check_strangers() const;
  Ranks ranks() const;
  std::uint64_t fence_bits(int slot) const;

  FrameRing ring_;
  Setup setup_;
  std::array<Kernel, FrameRing::most_outputs> kernel_{};
  std::optional<Frame> drawing_;
  std::array<Gpu, FrameRing::most_slots> gpu_{};
  std::array<bool, FrameRing::most_slots> read_{};  // by the compositor: from commit to release
  std::optional<Frame> tracked_;
  std::uint8_t tracked_output_ = 0;
  int leaves_ = 0;
  bool over_ = false;
  const char* error_ = nullptr;
};

}  // namespace drmshow::model
