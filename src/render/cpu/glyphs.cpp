#include "render/cpu/glyphs.hpp"

#include "render/cpu/pattern_text.hpp"
#include "render/cpu/text.hpp"

namespace drmshow {

Glyphs::Glyphs(std::string_view characters, int line_height) : line_height_{line_height} {
  if (line_height < smallest_text) return;
  const Font& font = shared_font();
  advance_ = font.text_width("0", line_height);
  for (const char character : characters) {
    masks_.push_back(font.render({&character, 1}, line_height, advance_).mask);
    index_[static_cast<unsigned char>(character) % index_.size()] =
        static_cast<std::uint8_t>(masks_.size());
  }
}

const Mask* Glyphs::mask_of(char character) const {
  const auto code = static_cast<unsigned char>(character);
  const unsigned index = code < index_.size() ? index_[code] : 0;
  return index == 0 ? nullptr : &masks_[index - 1];
}

void Glyphs::draw(std::string_view text, Point at, Pixel ink, int y, RowClip row) const {
  if (y < at.y || y >= at.y + line_height_) return;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int left = at.x + width(i);
    const Mask* const mask = mask_of(text[i]);
    if (mask != nullptr) row.stamp(left, mask->row(y - at.y), ink);
  }
}

}  // namespace drmshow
