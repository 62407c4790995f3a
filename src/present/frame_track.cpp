#include "present/frame_track.hpp"

#include <numeric>

namespace drmshow {

Miss FrameTrack::shown(const ShownFrame& frame) {
  Miss miss;
  last_latency = frame.shown - frame.submitted;
  stats.latency.add(last_latency);
  stats.flip.add(frame.shown - frame.committed);
  if (last) {
    stats.interval.add(frame.shown - last->shown);
    miss = find_miss(*last, frame, pacer.period());
    stats.missed[static_cast<std::size_t>(miss.reason)] += miss.count;
  }
  pacer.shown(frame);
  last = frame;
  return miss;
}

void FrameTrack::forget_last() {
  last.reset();
  pacer.resync();
}

std::uint64_t FrameTrack::missed() const {
  return std::accumulate(stats.missed.begin(), stats.missed.end(), std::uint64_t{0});
}

}  // namespace drmshow
