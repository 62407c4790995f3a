// Numbers out of bytes that may be too few and may lie at any alignment. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

namespace drmshow {

/// Whether `count` pieces of `size` bytes lie within `bytes` from `offset` on.
constexpr bool fits(std::span<const std::byte> bytes, std::uint32_t offset, std::uint32_t count,
                    std::uint32_t size) {
  // 32 bits by 32 bits, plus 32 bits: never overflows 64.
  return std::uint64_t{offset} + std::uint64_t{count} * size <= bytes.size();
}

/// The T, in the machine's byte order, at `offset`. The caller has made sure that it fits.
template <class T>
T load(std::span<const std::byte> bytes, std::size_t offset = 0) {
  static_assert(std::is_trivially_copyable_v<T>);
  T value;
  std::memcpy(&value, bytes.subspan(offset, sizeof value).data(), sizeof value);
  return value;
}

}  // namespace drmshow
