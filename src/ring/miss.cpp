#include <algorithm>

#include "ring/pacer.hpp"
#include "ring/time_math.hpp"

namespace drmshow {
namespace {

// Of a period (0.5 ms at 60 Hz): what a commit needs at least before the vertical blank.
constexpr int commit_lead = 32;

// A blank counts as missed if the frame was meant for it, as Pacer::earliest_commit() decides. An
// event without a sequence has the time at which the driver sent it, which is not that exact: the
// benefit of the doubt.
Nanoseconds lead_of(const ShownFrame& before, const ShownFrame& frame, Nanoseconds period) {
  return before.sequence != 0 && frame.sequence != 0 ? due_lead(period) : period / 4;
}

MissReason reason_for(const ShownFrame& frame, Time missed, Nanoseconds period) {
  const Time too_late = earlier(missed, period / commit_lead);
  if (frame.refusals > 0) return MissReason::busy;
  if (frame.ready > too_late) return frame.fenced ? MissReason::fence : MissReason::drawing;
  if (frame.committed > too_late) return MissReason::commit;
  return MissReason::display;
}

}  // namespace

// A counter that was set back, or one of something else, is not believed: with it, blanks would be
// a third of a period apart, or three.
std::int64_t blanks_between(Time before, std::uint32_t sequence_before, Time at,
                            std::uint32_t sequence, Nanoseconds period) {
  const Nanoseconds gap = between(before, at);
  if (gap <= Nanoseconds{}) return 0;
  const std::uint32_t counted = sequence - sequence_before;  // modulo 2^32, as the kernel counts
  if (sequence != 0 && sequence_before != 0 && counted != 0) {
    const Nanoseconds one = gap / counted;
    if (one > period / 3 && one / 3 < period) return counted;
  }
  return nearest_periods(gap, period);
}

Miss find_miss(const ShownFrame& before, const ShownFrame& frame, Nanoseconds period) {
  if (period <= Nanoseconds{}) return {};
  const std::int64_t blanks =
      blanks_between(before.shown, before.sequence, frame.shown, frame.sequence, period);
  const Nanoseconds until_due =
      between(before.shown, earlier(frame.due, lead_of(before, frame, period)));
  const std::int64_t first = std::max<std::int64_t>(
      1, whole_periods(until_due, period) + (until_due % period > Nanoseconds{} ? 1 : 0));
  if (first >= blanks) return {};
  const Time missed = multiple_after(before.shown, first, period);
  return {static_cast<std::uint64_t>(blanks - first), reason_for(frame, missed, period)};
}

}  // namespace drmshow
