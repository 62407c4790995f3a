// Text of others, made valid UTF-8: what is not becomes U+FFFD. Pure.
#pragma once

#include <string>
#include <string_view>

namespace drmshow {
std::string valid_utf8(std::string_view text);
}  // namespace drmshow
