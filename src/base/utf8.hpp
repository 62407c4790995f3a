// Code points of UTF-8 text. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace drmshow {

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;  ///< at least 1, so that a loop over any text ends
  bool valid = false;     ///< false: `bytes` bytes that are not UTF-8
};

/// The code point that `text`, which is not empty, begins with.
CodePoint first_code_point(std::string_view text);

/// Columns that a terminal gives it: 0 for combining marks, 2 for East Asian wide characters and
/// most emoji, otherwise 1.
int columns(char32_t code_point);

/// Control characters, and characters that hide text or change its direction.
bool is_harmful(char32_t code_point);

/// What is harmful or not UTF-8 becomes '?', for names that others have chosen.
std::string without_harmful(std::string_view text);

}  // namespace drmshow
