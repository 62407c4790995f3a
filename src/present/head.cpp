#include "present/head.hpp"

namespace drmshow {

Head::Head(std::size_t output_, std::size_t stream_, int place_, Flipper flipper_,
           Nanoseconds period, Pacer::Source source)
    : output{output_},
      stream{stream_},
      place{place_},
      flipper{flipper_},
      pacer{period, source},
      watch{period} {}

void Head::shown(const SlotFrame& slot, Time at, std::uint32_t sequence) {
  const ShownFrame frame{slot.submitted, slot.ready, committed,  slot.due, at,
                         sequence,       refusals,   slot.fenced};
  last_latency = at - slot.submitted;
  stats.latency.add(last_latency);
  stats.flip.add(at - committed);
  if (last) {
    stats.interval.add(at - last->shown);
    const Miss miss = find_miss(*last, frame, pacer.period());
    stats.missed[static_cast<std::size_t>(miss.reason)] += miss.count;
  }
  pacer.shown(frame);
  last = frame;
  refusals = 0;
  modesets_in_vain = 0;
}

void Head::start_anew() {
  forget_last();
  commit_by = Time::max();
  retry_at = Time::min();
  busy_since = Time::max();
}

void Head::forget_last() {
  last.reset();
  pacer.resync();
}

}  // namespace drmshow
