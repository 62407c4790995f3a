// The story of one frame, for somebody who is no kernel developer: what became of it, why it came
// late or never, and everything that happened to it, with times. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "drm-show/recording.hpp"
#include "trace/story.hpp"

namespace drmshow {

/// Index of Story::frames. `word`: "812", "0:812", "last", or "missed" for the last that came late.
/// Throws Error: usage, not_found.
std::size_t choose_frame(const Story& story, std::string_view word);

/// `begin`: of the recording.
std::string why_text(const Story& story, std::size_t frame, const RecordingInfo& info);
std::string why_json(const Story& story, std::size_t frame);

}  // namespace drmshow
