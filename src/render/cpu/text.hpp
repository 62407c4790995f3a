// Text as 8-bit coverage, in the embedded monospaced font.
#pragma once

#include <memory>
#include <string_view>

#include "render/cpu/pattern_mask.hpp"

namespace drmshow {

struct TextBitmap {
  Mask mask;         // as high as the line height asked for
  int baseline = 0;  // lines from the top of the mask down to the baseline
};

/// One thread at a time: drawing uses the font's glyph cache.
class Font {
 public:
  /// The embedded font. Throws Error{Failure::unexpected} if FreeType cannot read it.
  Font();
  ~Font();
  Font(const Font&) = delete;
  Font& operator=(const Font&) = delete;

  /// One line of text, `line_height` pixels from the highest ascender to the lowest descender, and
  /// not wider than `max_width`: what does not fit gives way to an ellipsis. Any bytes are safe;
  /// what cannot be shown is drawn as U+FFFD, what the font lacks as a box. Empty if nothing fits.
  TextBitmap render(std::string_view utf8, int line_height, int max_width) const;

  /// Width of the whole line, had it all the room it wants.
  int text_width(std::string_view utf8, int line_height) const;

 private:
  class Face;
  std::unique_ptr<Face> face_;
};

/// This thread's font, opened on first use: opening it costs more than a line of text.
const Font& shared_font();

}  // namespace drmshow
