// One timeline of everything that was gathered while a program ran. Pure.
#pragma once

#include <string>
#include <vector>

#include "trace/run_capture.hpp"
#include "trace/timeline.hpp"

namespace drmshow {

struct RunStory {
  Timeline timeline;
  std::vector<std::string> notes;  ///< for people: what is in it, and what is not
};

/// `realtime_offset`: CLOCK_REALTIME minus CLOCK_MONOTONIC, where no recording says it.
RunStory story_of_run(RunCapture& capture, Nanoseconds realtime_offset);

}  // namespace drmshow
