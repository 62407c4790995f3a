// Suggestions for mistyped names.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace drmshow {

/// The candidate closest to `word` (edit distance, case ignored), if any is close enough to have
/// been meant.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// `Did you mean "DP-1"? ` (with a trailing space) or nothing.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace drmshow
