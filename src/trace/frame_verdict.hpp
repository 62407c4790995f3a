// What became of a frame on an output, in a few sentences. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "trace/story.hpp"

namespace drmshow {

/// The vertical blank that a late frame was meant for; nothing if it did not come late, or not
/// enough is known.
std::optional<Time> missed_blank(const Story& story, const FrameStory& frame,
                                 const FrameOutput& on);

/// The frame that was on the output before this one was; nullptr if that is not known.
const FrameStory* shown_before(const Story& story, const FrameStory& frame, std::uint8_t output);
const FrameStory* shown_after(const Story& story, const FrameStory& frame, std::uint8_t output);

/// "Frame 812 came onto DP-1 too late: …". If no output is known: what became of it anyway.
std::string frame_verdict(const Story& story, const FrameStory& frame);
std::string frame_verdict(const Story& story, const FrameStory& frame, const FrameOutput& on);

}  // namespace drmshow
