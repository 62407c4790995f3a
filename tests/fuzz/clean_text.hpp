// What may reach a terminal.
#pragma once

#include <algorithm>
#include <string_view>

namespace drmshow::fuzz {

/// Whether `text` has neither control characters nor more than one line.
inline bool is_clean(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
}

}  // namespace drmshow::fuzz
