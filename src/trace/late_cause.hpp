// Why a frame came late, and what can be done about it. Pure.
#pragma once

#include <string>

#include "trace/story.hpp"

namespace drmshow {

/// Sentences about a frame that missed vertical blanks on this output.
std::string late_cause(const Story& story, const FrameStory& frame, const FrameOutput& on);

}  // namespace drmshow
