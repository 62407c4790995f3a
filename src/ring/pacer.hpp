// When to draw and when to commit, so that a frame is on the screen at the vertical blank it is
// meant for. Learns from what the display did: events and times come in as arguments. Pure.
#pragma once

#include <cstdint>

#include "drm-show/frame_stats.hpp"
#include "drm-show/time.hpp"

namespace drmshow {

/// What is known of a frame that has been shown.
struct ShownFrame {
  Time submitted;              ///< by whoever drew it
  Time ready;                  ///< drawn, and its fence had signalled
  Time committed;              ///< when the commit was made that was accepted
  Time due;                    ///< not to be shown before; Time::min() for as soon as possible
  Time shown;                  ///< the event's timestamp
  std::uint32_t sequence = 0;  ///< the event's; 0 or one that stands still: the driver has none
  int refusals = 0;            ///< commits of it that were not taken before
  bool fenced = false;         ///< it was ready later than submitted because of its fence
};

class Pacer {
 public:
  /// vblank: the display takes a commit at its next vertical blank. timer: there is no vertical
  /// blank to wait for (virtio-gpu, bochs, qxl of older kernels): the driver shows at once, and we
  /// keep the rate by the clock. immediate: neither waits (asynchronous flips, VRR).
  enum class Source : std::uint8_t { vblank, timer, immediate };

  /// `period`: of the mode; what is learned stays within 2 % of it, unless the display insists. One
  /// that no display has (0, say) counts as 60 Hz.
  explicit Pacer(Nanoseconds period, Source source = Source::vblank);

  Source source() const { return source_; }
  /// What is known by other means: the driver was asked, or refused to tear. resync()s.
  void set_source(Source source);
  Nanoseconds period() const { return period_; }

  // What happened.

  /// A frame came onto the screen. Detects that there is no vertical blank after all: events that
  /// come much sooner than the period, several times in a row, make the source a timer.
  void shown(const ShownFrame& frame);
  void drawn(Nanoseconds cost);
  void committed(Nanoseconds cost);
  /// A modeset, a suspend, an output that was away: the phase is unknown until the next shown().
  void resync();

  // What to do. A time that has passed means: now.

  /// The first vertical blank (with a timer: the first tick) after `time`; `time` itself while the
  /// phase is unknown.
  Time vblank_after(Time time) const;
  /// The earliest commit that is not shown before `due`: the blank nearest to it (half a period
  /// early at most). With a timer: the tick itself, which is when it is shown.
  Time earliest_commit(Time now, Time due) const;
  /// The latest commit that is safe for the first blank after `now` and the last shown(). With a
  /// timer: the first tick that has not had its frame yet, which may have passed.
  Time latest_commit(Time now) const;
  /// The latest begin of drawing that is safe for it.
  Time latest_draw(Time now) const;

  Nanoseconds draw_cost() const { return draw_cost_; }
  Nanoseconds commit_cost() const { return commit_cost_; }
  /// Kept between a commit and its vertical blank, beyond the cost: grows when a frame that was
  /// ready in time came one blank late, shrinks again slowly.
  Nanoseconds margin() const { return margin_; }

 private:
  /// Successive frames at a steady rate, whatever that is; `frames` is 0 at their start.
  struct Run {
    Time start;
    std::int64_t blanks = 0;
    int frames = 0;
  };

  Nanoseconds least_margin() const;
  void start_at(Time shown);
  void learn(const ShownFrame& frame, Nanoseconds gap);
  void adapt_margin(const ShownFrame& frame);
  bool shows_at_once(const ShownFrame& frame, Nanoseconds gap);
  void become_timer(Time shown);
  void lock(Time shown, std::int64_t blanks);
  void follow(Time shown, Nanoseconds gap, std::int64_t blanks);
  void tick(const ShownFrame& frame);
  Time blank_at_or_after(Time time) const;
  Time free_blank(Time after) const;
  Time free_tick(Time due) const;

  Nanoseconds nominal_;
  Nanoseconds centre_;  // what is learned stays near it; nominal, or set by follow()
  Nanoseconds period_;
  Source source_;
  bool locked_ = false;  // phase_ is known; set by start_at(), cleared by resync()
  Time phase_{};         // the last vertical blank with a frame, as learned; the last tick
  Time last_shown_{};
  std::uint32_t last_sequence_ = 0;
  int outliers_ = 0;  // events in a row that are nowhere near a blank
  int early_ = 0;     // events in a row that came far sooner than a period after the one before
  int at_once_ = 0;   // events in a row that came right after the commit, before the next blank
  Run run_;
  Nanoseconds draw_cost_{};
  Nanoseconds commit_cost_{};
  Nanoseconds margin_;
};

/// How many vertical blanks passed with nothing new between two frames on the screen although the
/// second was due, and why.
struct Miss {
  std::uint64_t count = 0;
  MissReason reason = MissReason::display;
};
Miss find_miss(const ShownFrame& before, const ShownFrame& frame, Nanoseconds period);

/// From `before` to `at`: counted by the display where its sequences can be true, else rounded.
/// 0 if no time has passed.
std::int64_t blanks_between(Time before, std::uint32_t sequence_before, Time at,
                            std::uint32_t sequence, Nanoseconds period);

}  // namespace drmshow
