#include "drm-show/format.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace drmshow {
namespace {

struct Named {
  Format format;
  std::string_view name;
};

constexpr Named names[] = {
#include "format_names.inc"
};

std::string fourcc_text(std::uint32_t fourcc) {
  std::string text;
  for (int shift = 0; shift < 32; shift += 8) {
    const char c = static_cast<char>(fourcc >> shift & 0x7f);
    text += c >= ' ' && c < 0x7f ? c : '?';
  }
  return text;
}

}  // namespace

std::string to_string(Format format) {
  const std::string code = "(" + fourcc_text(format.fourcc()) + ")";
  const auto* const found = std::ranges::find(names, format, &Named::format);
  return found == std::end(names) ? code : std::string{found->name} + " " + code;
}

}  // namespace drmshow
