// What is usual for the frames of a stream, to tell what is not. Pure.
#pragma once

#include <cstddef>
#include <optional>

#include "trace/story.hpp"

namespace drmshow {

/// Medians; nothing if no frame says it.
struct UsualTimes {
  std::optional<Nanoseconds> draw;
  std::optional<Nanoseconds> fence;  ///< from submit until the GPU is done
};

UsualTimes usual_times(const Story& story, std::size_t stream);

/// From the begin of drawing to its end; of who does not say, from acquire to submit.
std::optional<Nanoseconds> draw_time(const FrameStory& frame);
std::optional<Nanoseconds> fence_time(const FrameStory& frame);

}  // namespace drmshow
