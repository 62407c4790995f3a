#include "ring/flip_watch.hpp"

#include <algorithm>
#include <utility>

namespace drmshow {
namespace {

constexpr Nanoseconds least_patience = std::chrono::milliseconds{250};
constexpr int periods_of_patience = 8;
constexpr int lost_after = 4;  // times as long as until it is late

}  // namespace

FlipWatch::FlipWatch(Nanoseconds period)
    : late_after_{std::max(least_patience, period * periods_of_patience)} {}

void FlipWatch::committed(Time now) {
  since_ = now;
  pending_ = true;
  looked_ = false;
}

void FlipWatch::flipped() {
  pending_ = false;
  resets_ = 0;
}

void FlipWatch::forget() {
  pending_ = false;
}

void FlipWatch::excuse(Time now) {
  since_ = now;
  looked_ = false;
}

Time FlipWatch::deadline() const {
  if (!pending_) return Time::max();
  return since_ + (looked_ ? late_after_ * lost_after : late_after_);
}

FlipWatch::Step FlipWatch::check(Time now) {
  if (!pending_ || now < deadline()) return Step::none;
  if (!std::exchange(looked_, true)) return Step::look;
  pending_ = false;
  return ++resets_ > most_resets ? Step::give_up : Step::reset;
}

}  // namespace drmshow
