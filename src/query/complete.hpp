// What could be typed next: for the completion of shells, and of our own.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "query/source.hpp"

namespace drmshow {

/// Whole words that the last of `words` could become; the words before it are the verb and its
/// arguments. Paths are completed from the devices (or file) of `source`: nothing if these cannot
/// be read.
std::vector<std::string> completions(const Source& source, std::span<const std::string> words);

}  // namespace drmshow
