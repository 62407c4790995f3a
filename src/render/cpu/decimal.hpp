// Numbers as text without allocating. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace drmshow {

/// The last `count` decimal digits of `number`, with leading zeros.
template <std::size_t count>
constexpr std::array<char, count> last_digits(std::uint64_t number) {
  std::array<char, count> digits{};
  for (std::size_t i = count; i-- > 0; number /= 10) {
    digits[i] = static_cast<char>('0' + number % 10);
  }
  return digits;
}

}  // namespace drmshow
