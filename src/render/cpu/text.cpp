#include "render/cpu/text.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "drm-show/error.hpp"
#include "render/cpu/font/font_data.hpp"
#include "render/cpu/text_utf8.hpp"

namespace drmshow {
namespace {

constexpr std::size_t longest_text = 4096;  // characters: more than the widest screen can show
constexpr int largest_line = 2048;          // pixels: bounds a glyph's memory
constexpr char32_t ellipsis = U'\u2026';

int whole_pixels(FT_Pos position) {
  return static_cast<int>(position >> 6);
}  // 26.6 fixed point

}  // namespace

/// FreeType's library and face, scaled to one line height at a time.
class Font::Face {
 public:
  Face();
  ~Face();
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;

  void set_line_height(int pixels);
  int advance() const { return std::max(whole_pixels(face_->size->metrics.max_advance), 1); }
  int baseline() const { return baseline_; }
  void draw(char32_t code, int pen, Mask& mask) const;

 private:
  FT_Library library_ = nullptr;
  FT_Face face_ = nullptr;
  int baseline_ = 0;
};

Font::Face::Face() {
  const auto font = embedded_font();
  if (FT_Init_FreeType(&library_) != 0) {
    throw Error{Failure::unexpected, "FreeType does not start"};
  }
  if (FT_New_Memory_Face(library_, font.data(), static_cast<FT_Long>(font.size()), 0, &face_) !=
      0) {
    FT_Done_FreeType(library_);
    throw Error{Failure::unexpected, "the embedded font is not one that FreeType reads"};
  }
}

Font::Face::~Face() {
  FT_Done_Face(face_);
  FT_Done_FreeType(library_);
}

void Font::Face::set_line_height(int pixels) {
  const double line = face_->ascender - face_->descender;  // font units
  const double em = face_->units_per_EM * std::clamp(pixels, 1, largest_line) / line;
  FT_Set_Pixel_Sizes(face_, 0, static_cast<FT_UInt>(std::max(em, 1.0)));
  baseline_ = static_cast<int>(std::lround(pixels * face_->ascender / line));
}

void Font::Face::draw(char32_t code, int pen, Mask& mask) const {
  if (FT_Load_Char(face_, code, FT_LOAD_RENDER) != 0) return;
  const FT_GlyphSlot glyph = face_->glyph;
  const FT_Bitmap& bitmap = glyph->bitmap;
  if (bitmap.pixel_mode != FT_PIXEL_MODE_GRAY || bitmap.pitch < 0) return;
  const int left = pen + glyph->bitmap_left;
  const int top = baseline_ - glyph->bitmap_top;
  for (int row = 0; row < static_cast<int>(bitmap.rows); ++row) {
    if (top + row < 0 || top + row >= mask.size.height) continue;
    const unsigned char* const source = bitmap.buffer + std::ptrdiff_t{row} * bitmap.pitch;
    const auto target = mask.row(top + row);
    for (int x = 0; x < static_cast<int>(bitmap.width); ++x) {
      if (left + x < 0 || left + x >= mask.size.width) continue;
      auto& coverage = target[static_cast<std::size_t>(left + x)];
      coverage = std::max(coverage, source[x]);
    }
  }
}

Font::Font() : face_{std::make_unique<Face>()} {}
Font::~Font() = default;

TextBitmap Font::render(std::string_view utf8, int line_height, int max_width) const {
  if (line_height <= 0 || line_height > largest_line) return {};
  face_->set_line_height(line_height);
  const auto room = static_cast<std::size_t>(std::max(max_width, 0) / face_->advance());
  std::u32string text = decode_utf8(utf8, std::min(room, longest_text) + 1);
  if (text.size() > room) {
    text.resize(room);
    if (!text.empty()) text.back() = ellipsis;
  }
  TextBitmap result{Mask{{static_cast<int>(text.size()) * face_->advance(), line_height}},
                    face_->baseline()};
  int pen = 0;
  for (const char32_t code : text) {
    face_->draw(code, pen, result.mask);
    pen += face_->advance();
  }
  return result;
}

int Font::text_width(std::string_view utf8, int line_height) const {
  face_->set_line_height(line_height);
  return static_cast<int>(decode_utf8(utf8, longest_text).size()) * face_->advance();
}

const Font& shared_font() {
  thread_local const Font font;
  return font;
}

}  // namespace drmshow
