#include "base/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace drmshow {
namespace {

struct Range {
  char32_t first, last;
};

// Unicode's East_Asian_Width W and F, in blocks.
constexpr Range wide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},  {0x3041, 0xa4cf},
                          {0xac00, 0xd7a3},   {0xf900, 0xfaff},  {0xfe30, 0xfe6f},
                          {0xff00, 0xff60},   {0xffe0, 0xffe6},  {0x1f300, 0x1f64f},
                          {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
constexpr Range combining[] = {
    {0x300, 0x36f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}};
// C0 and C1 controls, soft hyphen, zero-width and bidirectional marks, line and paragraph
// separators, byte order mark, interlinear annotations, tags, private use.
constexpr Range harmful[] = {{0, 0x1f},        {0x7f, 0x9f},       {0xad, 0xad},
                             {0x61c, 0x61c},   {0x180e, 0x180e},   {0x200b, 0x200f},
                             {0x2028, 0x202e}, {0x2060, 0x206f},   {0xfeff, 0xfeff},
                             {0xfff0, 0xfffb}, {0xe0000, 0x10ffff}};

bool within(const auto& ranges, char32_t value) {
  return std::ranges::any_of(
      ranges, [value](Range range) { return range.first <= value && value <= range.last; });
}

// 0: a byte that cannot begin a code point.
std::size_t length_from(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  if (lead >= 0xf0 && lead < 0xf5) return 4;
  return 0;
}

constexpr char32_t least_of_length[] = {0, 0, 0x80, 0x800, 0x10000};

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = length_from(lead);
  if (length == 1) return {lead, 1, true};
  if (length == 0 || length > text.size()) return {};
  char32_t value = lead & (0xffu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0) != 0x80) return {};
    value = value << 6 | (byte & 0x3f);
  }
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < least_of_length[length] || value > 0x10ffff || surrogate) return {};
  return {value, length, true};
}

int columns(char32_t code_point) {
  if (within(combining, code_point)) return 0;
  return within(wide, code_point) ? 2 : 1;
}

bool is_harmful(char32_t code_point) {
  return within(harmful, code_point);
}

std::string without_harmful(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (point.valid && !is_harmful(point.value)) {
      result += text.substr(0, point.bytes);
    } else {
      result += '?';
    }
    text.remove_prefix(point.bytes);
  }
  return result;
}

}  // namespace drmshow
