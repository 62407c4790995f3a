#include "render/cpu/colour.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace drmshow {
namespace {

struct NamedColour {
  std::string_view name;
  Pixel value;
};

// CSS Color Module Level 4, section 6.1: the 16 oldest names and a few that people try.
constexpr std::array kNames{
    NamedColour{"black", rgb(0x00, 0x00, 0x00)},   NamedColour{"silver", rgb(0xc0, 0xc0, 0xc0)},
    NamedColour{"gray", rgb(0x80, 0x80, 0x80)},    NamedColour{"grey", rgb(0x80, 0x80, 0x80)},
    NamedColour{"white", rgb(0xff, 0xff, 0xff)},   NamedColour{"maroon", rgb(0x80, 0x00, 0x00)},
    NamedColour{"red", rgb(0xff, 0x00, 0x00)},     NamedColour{"purple", rgb(0x80, 0x00, 0x80)},
    NamedColour{"fuchsia", rgb(0xff, 0x00, 0xff)}, NamedColour{"magenta", rgb(0xff, 0x00, 0xff)},
    NamedColour{"green", rgb(0x00, 0x80, 0x00)},   NamedColour{"lime", rgb(0x00, 0xff, 0x00)},
    NamedColour{"olive", rgb(0x80, 0x80, 0x00)},   NamedColour{"yellow", rgb(0xff, 0xff, 0x00)},
    NamedColour{"navy", rgb(0x00, 0x00, 0x80)},    NamedColour{"blue", rgb(0x00, 0x00, 0xff)},
    NamedColour{"teal", rgb(0x00, 0x80, 0x80)},    NamedColour{"aqua", rgb(0x00, 0xff, 0xff)},
    NamedColour{"cyan", rgb(0x00, 0xff, 0xff)},    NamedColour{"orange", rgb(0xff, 0xa5, 0x00)},
    NamedColour{"pink", rgb(0xff, 0xc0, 0xcb)},    NamedColour{"brown", rgb(0xa5, 0x2a, 0x2a)},
};

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::optional<Pixel> parse_hex(std::string_view digits) {
  Pixel value = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
  if (error != std::errc{} || stop != end) return std::nullopt;
  if (digits.size() == 6) return rgb(value >> 16, value >> 8, value);
  if (digits.size() != 3) return std::nullopt;
  return rgb((value >> 8 & 0xf) * 0x11, (value >> 4 & 0xf) * 0x11, (value & 0xf) * 0x11);
}

}  // namespace

std::optional<Pixel> parse_colour(std::string_view text) {
  if (text.starts_with('#')) return parse_hex(text.substr(1));
  const auto same = [text](std::string_view name) {
    return std::ranges::equal(name, text, {}, {}, lower);
  };
  const auto* found = std::ranges::find_if(kNames, same, &NamedColour::name);
  if (found == kNames.end()) return std::nullopt;
  return found->value;
}

}  // namespace drmshow
