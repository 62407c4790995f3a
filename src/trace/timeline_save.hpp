// Writes timelines. Thin.
#pragma once

#include <string>

#include "trace/timeline.hpp"
#include "trace/timeline_files.hpp"

namespace drmshow {

/// To a file; "-" or "" is stdout, which must not be a terminal.
/// Throws Error.
void save_timeline(const Timeline& timeline, TimelineFormat format, const std::string& path);

}  // namespace drmshow
