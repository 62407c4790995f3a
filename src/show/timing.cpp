#include "show/timing.hpp"

#include <algorithm>
#include <utility>

namespace drmshow {

FrameTiming::FrameTiming(std::optional<Nanoseconds> interval, Time begin, std::uint64_t number)
    : interval_{interval}, begin_{begin}, number_{number}, due_{begin} {}

FrameTiming::Next FrameTiming::next(Time shows_at, Time now) {
  ++number_;
  if (!interval_) {
    return {{number_, std::max(shows_at - begin_, Nanoseconds{})}, Time::min()};
  }
  // After a hitch it goes on at the same rate: frames do not crowd to make up for it.
  if (!std::exchange(started_, true) || now - due_ > 2 * *interval_) due_ = now;
  const Time due = std::exchange(due_, due_ + *interval_);
  return {{number_, *interval_ * static_cast<std::int64_t>(number_ - 1)}, due};
}

Time FrameTiming::next_due() const {
  return interval_ && started_ ? due_ : Time::min();
}

}  // namespace drmshow
