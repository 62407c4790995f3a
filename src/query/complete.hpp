// What could be typed next: for the completion of shells, and of our own.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "query/source.hpp"

namespace drmshow {

/// Whole words that the last of `words` could become; the words before it are options, the verb and
/// its arguments. Paths are completed from the devices (or file) of `source`, or those that
/// --device or --from among the words says: nothing if these cannot be read. One that ends in "."
/// wants more.
std::vector<std::string> completions(const Source& source, std::span<const std::string> words);

}  // namespace drmshow
