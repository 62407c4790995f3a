#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "base/printable.hpp"
#include "query/values/decode_parts.hpp"

namespace drmshow {
namespace {

/// Up to the terminating 0, which a damaged blob may lack.
std::string_view text_of(BlobBytes bytes) {
  const std::string_view all{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  return all.substr(0, all.find('\0'));
}

/// Exactly that many decimal numbers with colons between them.
template <std::size_t count>
std::optional<std::array<int, count>> numbers(std::string_view text) {
  std::array<int, count> out{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) {
      if (at == end || *at != ':') return std::nullopt;
      ++at;
    }
    const auto [next, error] = std::from_chars(at, end, out[i]);
    if (error != std::errc{}) return std::nullopt;
    at = next;
  }
  if (at != end) return std::nullopt;
  return out;
}

}  // namespace

Decoded decode_tile(BlobBytes bytes) {
  const auto found = numbers<8>(text_of(bytes));
  if (!found) return BadBlob{"these are not eight numbers with colons between them"};
  const auto [group, single, across, down, x, y, width, height] = *found;
  if (std::min({across, down, x, y, width, height}) < 0) return BadBlob{"a number is negative"};
  return TileInfo{group, single != 0, {across, down}, {x, y}, {width, height}};
}

Decoded decode_text(BlobBytes bytes) {
  return BlobText{printable(text_of(bytes))};
}

}  // namespace drmshow
