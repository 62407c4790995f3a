// Characters drawn beforehand, for text that changes every frame: drawing it allocates nothing and
// may happen in several threads at once, neither of which Font can do.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "render/cpu/pattern_mask.hpp"
#include "render/cpu/pattern_scene.hpp"

namespace drmshow {

/// Space to tilde.
inline constexpr std::string_view printable_ascii =
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
    "abcdefghijklmnopqrstuvwxyz{|}~";

class Glyphs {
 public:
  /// `characters` (ASCII) in the embedded font. Without any if `line_height` is below
  /// smallest_text.
  Glyphs(std::string_view characters, int line_height);

  int line_height() const { return line_height_; }
  int advance() const { return advance_; }  ///< pixels from a character to the next; 0 without any
  int width(std::size_t characters) const { return static_cast<int>(characters) * advance_; }

  /// Draws what of `text`, whose top left corner is `at`, is on line `y`; leaves gaps for
  /// characters that it has not.
  void draw(std::string_view text, Point at, Pixel ink, int y, RowClip row) const;

 private:
  const Mask* mask_of(char character) const;

  int line_height_;
  int advance_ = 0;
  std::vector<Mask> masks_;
  std::array<std::uint8_t, 128> index_{};  // in masks_, plus 1; 0: not there
};

}  // namespace drmshow
