#include "trace/usual.hpp"

#include "drm-show/frame_stats.hpp"
#include "ring/time_math.hpp"

namespace drmshow {
namespace {

std::optional<Nanoseconds> span_between(const std::optional<Time>& from,
                                        const std::optional<Time>& to) {
  if (!from || !to || *to < *from) return std::nullopt;
  return between(*from, *to);
}

std::optional<Nanoseconds> median_of(const DurationHistogram& times) {
  return times.count() > 0 ? std::optional{times.median()} : std::nullopt;
}

}  // namespace

std::optional<Nanoseconds> draw_time(const FrameStory& frame) {
  if (frame.draw_begin && frame.draw_end) return span_between(frame.draw_begin, frame.draw_end);
  return span_between(frame.acquired, frame.submitted);
}

std::optional<Nanoseconds> fence_time(const FrameStory& frame) {
  if (frame.fence == RenderFence::none) return std::nullopt;
  return span_between(frame.submitted, frame.signalled);
}

UsualTimes usual_times(const Story& story, std::size_t stream) {
  DurationHistogram draw;
  DurationHistogram fence;
  for (const FrameStory& frame : story.frames) {
    if (frame.stream != stream) continue;
    if (const auto time = draw_time(frame)) draw.add(*time);
    if (const auto time = fence_time(frame)) fence.add(*time);
  }
  return {median_of(draw), median_of(fence)};
}

}  // namespace drmshow
