// What could come next on drm-trace's command line, for shells. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "trace/recording_entry.hpp"

namespace drmshow {

/// `words`: those after the program's name; the last one, perhaps empty, is being typed.
std::vector<std::string> complete_words(std::span<const std::string> words,
                                        std::span<const RecordingEntry> entries);

}  // namespace drmshow
