#include "present/head.hpp"

namespace drmshow {

Head::Head(std::size_t output_, std::size_t stream_, int place_, Flipper flipper_,
           Nanoseconds period, Pacer::Source source)
    : FrameTrack{period, source},
      output{output_},
      stream{stream_},
      place{place_},
      flipper{flipper_},
      watch{period} {}

Miss Head::shown(const SlotFrame& slot, const ShownAt& at) {
  const Miss miss = FrameTrack::shown({slot.submitted, slot.ready, committed, slot.due, at.time,
                                       at.sequence, refusals, slot.fenced});
  refusals = 0;
  modesets_in_vain = 0;
  return miss;
}

void Head::start_anew() {
  forget_last();
  commit_by = Time::max();
  retry_at = Time::min();
  busy_since = Time::max();
}

}  // namespace drmshow
