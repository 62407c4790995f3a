#include "render/cpu/text_utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace drmshow {
namespace {

/// A well-formed sequence by its first byte (Unicode 15, table 3-7). The second byte's range rules
/// out overlong forms, surrogates and what lies beyond U+10FFFF.
struct Lead {
  std::uint8_t first, last;
  std::uint8_t payload;  // mask of the bits that belong to the character
  std::uint8_t trailing;
  std::uint8_t second_min, second_max;
};
constexpr Lead leads[] = {
    {0x00, 0x7f, 0x7f, 0, 0x80, 0xbf}, {0xc2, 0xdf, 0x1f, 1, 0x80, 0xbf},
    {0xe0, 0xe0, 0x0f, 2, 0xa0, 0xbf}, {0xe1, 0xec, 0x0f, 2, 0x80, 0xbf},
    {0xed, 0xed, 0x0f, 2, 0x80, 0x9f}, {0xee, 0xef, 0x0f, 2, 0x80, 0xbf},
    {0xf0, 0xf0, 0x07, 3, 0x90, 0xbf}, {0xf1, 0xf3, 0x07, 3, 0x80, 0xbf},
    {0xf4, 0xf4, 0x07, 3, 0x80, 0x8f},
};

struct CodeRange {
  char32_t first, last;
};
constexpr CodeRange undrawable[] = {
    {0x0000, 0x001f}, {0x007f, 0x009f},                    // controls
    {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},  // zero width, separators, directions
    {0xfeff, 0xfeff}, {0xfff0, 0xfffb}, {0xe0000, 0xe0fff},
};

char32_t drawable(char32_t code) {
  const bool hidden = std::any_of(std::begin(undrawable), std::end(undrawable),
                                  [=](CodeRange r) { return code >= r.first && code <= r.last; });
  return hidden ? replacement_character : code;
}

/// Takes one character, or one maximal ill-formed part, off the front.
char32_t take(std::string_view& bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  const auto* const lead = std::find_if(std::begin(leads), std::end(leads), [&](const Lead& l) {
    return byte(0) >= l.first && byte(0) <= l.last;
  });
  std::size_t used = 1;
  char32_t code = replacement_character;
  if (lead != std::end(leads)) {
    char32_t value = byte(0) & lead->payload;
    for (; used <= lead->trailing && used < bytes.size(); ++used) {
      const std::uint8_t low = used == 1 ? lead->second_min : 0x80;
      const std::uint8_t high = used == 1 ? lead->second_max : 0xbf;
      if (byte(used) < low || byte(used) > high) break;
      value = value << 6 | (byte(used) & 0x3fu);
    }
    if (used == lead->trailing + 1u) code = drawable(value);
  }
  bytes.remove_prefix(used);
  return code;
}

}  // namespace

std::u32string decode_utf8(std::string_view bytes, std::size_t limit) {
  std::u32string text;
  while (!bytes.empty() && text.size() < limit) text.push_back(take(bytes));
  return text;
}

}  // namespace drmshow
