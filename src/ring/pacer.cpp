#include "ring/pacer.hpp"

#include <algorithm>

#include "ring/time_math.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

// Displays run at 10 to 2000 Hz. What is outside is not a refresh rate, but a mode without one.
constexpr Nanoseconds shortest_period = 500us;
constexpr Nanoseconds longest_period = 100ms;
constexpr Nanoseconds usual_period{16'666'667};

// After a longer pause the learned period says nothing about the phase any more.
constexpr Nanoseconds longest_gap = 1s;

// The loop that locks onto the display, an alpha-beta filter: a quarter of an error goes into the
// phase, a 64th into the period, which is close to critical damping. A jitter of ±j in the events
// makes a phase that is wrong by a fifth of j, and a wrong period is learned in about 30 frames.
constexpr int phase_gain = 4;
constexpr int period_gain = 64;
constexpr int outliers_to_move = 3;

// Of the period: how far what is learned may be from the mode's. 60 and 59.94 Hz are 0.1 % apart.
constexpr int tolerance = 50;
// This many frames at another steady rate are believed.
constexpr int frames_to_follow = 8;

constexpr int early_to_be_timer = 4;
// So many because chance must never do it: see shows_at_once().
constexpr int at_once_to_be_timer = 16;

constexpr Nanoseconds usual_margin = 1ms;
constexpr int margin_decay = 1024;  // a doubled margin is back after 710 frames
constexpr int cost_decay = 128;
// So that no single stall makes every later frame wait for it.
constexpr Nanoseconds greatest_cost = 1s;

Nanoseconds sane(Nanoseconds period) {
  return period >= shortest_period && period <= longest_period ? period : usual_period;
}

// Fast up, slow down.
Nanoseconds decayed_maximum(Nanoseconds maximum, Nanoseconds cost) {
  return std::max(cost, maximum - (maximum - cost) / cost_decay);
}

}  // namespace

Pacer::Pacer(Nanoseconds period, Source source)
    : nominal_{sane(period)},
      centre_{nominal_},
      period_{nominal_},
      source_{source},
      margin_{least_margin()} {}

Nanoseconds Pacer::least_margin() const {
  return std::min(usual_margin, period_ / 4);
}

void Pacer::set_source(Source source) {
  source_ = source;
  resync();
}

void Pacer::resync() {
  locked_ = false;
}

void Pacer::drawn(Nanoseconds cost) {
  draw_cost_ = decayed_maximum(draw_cost_, std::clamp(cost, Nanoseconds{}, greatest_cost));
}

// A commit that took longer than half a period waited for something: no lead of ours would help.
void Pacer::committed(Nanoseconds cost) {
  commit_cost_ = decayed_maximum(commit_cost_, std::clamp(cost, Nanoseconds{}, period_ / 2));
}

void Pacer::shown(const ShownFrame& frame) {
  const Nanoseconds gap = between(last_shown_, frame.shown);
  if (!locked_ || gap < Nanoseconds{} || gap > longest_gap) {
    start_at(frame.shown);
  } else if (source_ == Source::vblank) {
    learn(frame, gap);
  } else if (source_ == Source::timer) {
    tick(frame);
  } else {
    phase_ = frame.shown;
  }
  last_shown_ = frame.shown;
  last_sequence_ = frame.sequence;
}

void Pacer::start_at(Time shown) {
  locked_ = true;
  phase_ = shown;
  outliers_ = early_ = at_once_ = 0;
  run_ = {.start = shown};
}

void Pacer::learn(const ShownFrame& frame, Nanoseconds gap) {
  if (shows_at_once(frame, gap)) return become_timer(frame.shown);
  adapt_margin(frame);
  if (gap < period_ / 2) return;
  const std::int64_t blanks = std::max<std::int64_t>(
      1, blanks_between(last_shown_, last_sequence_, frame.shown, frame.sequence, period_));
  lock(frame.shown, blanks);
  follow(frame.shown, gap, blanks);
}

// It could have been committed as soon as it was ready, the one before it was on the screen, and it
// was due. If that was in time and it came one blank late all the same, we woke late, the display
// needs more time, or our idea of its phase is not that good. More than one late: no margin helps.
void Pacer::adapt_margin(const ShownFrame& frame) {
  if (frame.refusals > 0) return;
  Time able = std::max(frame.ready, last_shown_);
  if (frame.due != Time::min()) able = std::max(able, earlier(frame.due, due_lead(period_)));
  const Time target = free_blank(later(able, commit_cost_ + margin_));
  const Nanoseconds late = between(target, frame.shown);
  if (late <= period_ / 2) {
    margin_ = std::max(least_margin(), margin_ - margin_ / margin_decay);
  } else if (late <= period_ + period_ / 2) {
    margin_ = std::min(2 * margin_, period_ / 2);
  }
}

// Two signs of a driver that shows at once. Events follow each other far faster than the period:
// the plain one, when frames are committed as fast as they can be. If we pace them ourselves there
// is none of that; then each event comes right after its commit although the next blank, as we know
// it, is not there yet. A commit that is merely late does that as well, but right before the blank:
// if events jitter by 3 % of a period, one of six may look early by that much, but not 16 in a row.
// Without this, commits made a little before each blank would pull the learned blanks ahead for
// ever.
bool Pacer::shows_at_once(const ShownFrame& frame, Nanoseconds gap) {
  early_ = gap < period_ / 2 ? early_ + 1 : 0;
  const bool right_after = between(frame.committed, frame.shown) < period_ / 20;
  const Nanoseconds before_blank = between(frame.shown, free_blank(frame.committed));
  at_once_ = right_after && before_blank > period_ / tolerance ? at_once_ + 1 : 0;
  return early_ >= early_to_be_timer || at_once_ >= at_once_to_be_timer;
}

void Pacer::become_timer(Time shown) {
  source_ = Source::timer;
  period_ = centre_ = nominal_;
  start_at(shown);
}

void Pacer::lock(Time shown, std::int64_t blanks) {
  const Time expected = multiple_after(phase_, blanks, period_);
  const Nanoseconds error = between(expected, shown);
  if (error > period_ / 4 || error < -period_ / 4) {
    phase_ =
        ++outliers_ < outliers_to_move ? blank_at_or_after(earlier(shown, period_ / 2)) : shown;
    if (outliers_ >= outliers_to_move) outliers_ = 0;
    return;
  }
  outliers_ = 0;
  phase_ = later(expected, error / phase_gain);
  // A great error is more likely one of this event than one of the period.
  const Nanoseconds credible = std::clamp(error, -period_ / 16, period_ / 16);
  period_ = std::clamp(period_ + credible / (period_gain * blanks), centre_ - centre_ / tolerance,
                       centre_ + centre_ / tolerance);
}

// The display may run at another rate than its mode says. It is believed after several frames that
// agree with each other, whatever the jitter: their mean counts.
void Pacer::follow(Time shown, Nanoseconds gap, std::int64_t blanks) {
  const Nanoseconds one = gap / blanks;
  const Nanoseconds mean = run_.frames > 0 ? between(run_.start, last_shown_) / run_.blanks : one;
  const bool steady = std::max(one, mean) - std::min(one, mean) <= mean / 12;
  const bool possible = at_once_ == 0 && mean >= nominal_ / 4 && mean <= nominal_ * 4;
  if (!steady || !possible) {
    run_ = {.start = shown};
    return;
  }
  run_.blanks += blanks;
  if (++run_.frames < frames_to_follow) return;
  const Nanoseconds found = between(run_.start, shown) / run_.blanks;
  run_ = {.start = shown};
  if (found >= centre_ - centre_ / tolerance && found <= centre_ + centre_ / tolerance) return;
  centre_ = period_ = found;
  phase_ = shown;
  margin_ = std::clamp(margin_, least_margin(), period_ / 2);
}

// The grid of ticks stays where it was, however late we woke, unless it was so late that a frame
// would have to follow at once to catch up.
void Pacer::tick(const ShownFrame& frame) {
  const Nanoseconds late = between(free_tick(frame.due), frame.shown);
  if (late > period_) {
    phase_ = frame.shown;
  } else {
    phase_ =
        multiple_after(phase_, nearest_periods(between(phase_, frame.shown), period_), period_);
  }
}

Time Pacer::vblank_after(Time time) const {
  if (!locked_) return time;
  return multiple_after(phase_, whole_periods(between(phase_, time), period_) + 1, period_);
}

Time Pacer::blank_at_or_after(Time time) const {
  return vblank_after(earlier(time, Nanoseconds{1}));
}

// The last frame may have come a little before the blank that it came at, as far as we know: that
// one is taken.
Time Pacer::free_blank(Time after) const {
  return vblank_after(std::max(after, later(last_shown_, period_ / 2)));
}

// The first tick for a frame that is due then; no tick has two.
Time Pacer::free_tick(Time due) const {
  const Time free = later(last_shown_, period_ / 2);
  return blank_at_or_after(std::max(free, earlier(due, due_lead(period_))));
}

Time Pacer::earliest_commit(Time now, Time due) const {
  if (source_ == Source::immediate) return std::max(now, due);
  if (!locked_) return due <= now ? now : earlier(due, due_lead(period_));
  if (source_ == Source::timer) return free_tick(due);
  if (due == Time::min()) return now;
  // Not right at the blank before: where that is, is not known so exactly.
  const Time target = blank_at_or_after(earlier(due, due_lead(period_)));
  return earlier(target, period_ - period_ / 16);
}

Time Pacer::latest_commit(Time now) const {
  if (source_ == Source::immediate) return now;
  if (source_ == Source::timer) return locked_ ? free_tick(Time::min()) : now;
  return earlier(locked_ ? free_blank(now) : now, commit_cost_ + margin_);
}

Time Pacer::latest_draw(Time now) const {
  return earlier(latest_commit(now), draw_cost_);
}

}  // namespace drmshow
