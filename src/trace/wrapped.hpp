// Sentences as lines that fit a terminal. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace drmshow {

/// Broken at blanks, into lines of at most `width` characters if no word is longer. Lines after the
/// first begin with `hanging` blanks; the first one has so many characters already. Ends with a
/// line's end.
std::string wrapped(std::string_view text, std::size_t width = 80, std::size_t hanging = 0);

}  // namespace drmshow
