#include <algorithm>
#include <cctype>
#include <string_view>

#include <fmt/format.h>

#include "base/printable.hpp"
#include "edid/edid.hpp"

namespace drmshow {
namespace {

bool same_letter(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

/// Whole words only: the maker "Acer" is in "acer X27", but not in "Acerola 5".
bool begins_with_words(std::string_view text, std::string_view words) {
  return text.size() >= words.size() &&
         std::equal(words.begin(), words.end(), text.begin(), same_letter) &&
         (text.size() == words.size() || text[words.size()] == ' ');
}

}  // namespace

std::string monitor_name(const EdidInfo& edid) {
  // A laptop's panel often has no name: its product code is what tells it from others.
  const std::string model =
      edid.model.empty() ? fmt::format("{:#06x}", edid.product_code) : edid.model;
  const bool doubled = edid.make.empty() || begins_with_words(model, edid.make);
  return printable(doubled ? model : edid.make + " " + model);
}

}  // namespace drmshow
