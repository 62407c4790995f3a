// Text from kernels, drivers and monitors, made fit for a terminal and for UTF-8. Pure.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace drmshow {

/// `text` with every byte that is not printable ASCII replaced by '?'.
inline std::string printable(std::string_view text) {
  std::string out{text};
  std::ranges::replace_if(
      out, [](char c) { return c < ' ' || c > '~'; }, '?');
  return out;
}

}  // namespace drmshow
