#include "content/png_reader.hpp"

#include <algorithm>
#include <bit>
#include <new>

#include <fmt/format.h>

#include "content/content_error.hpp"
#include "content/exif.hpp"
#include "content/png_decoder.hpp"
#include "drm-show/error.hpp"

namespace drmshow {
namespace {

// Colour values and palette in, 0xAARRGGBB words out.
void ask_for_argb(png_structp png) {
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  if constexpr (std::endian::native == std::endian::little) {
    png_set_bgr(png);
    png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
  } else {
    png_set_swap_alpha(png);
    png_set_add_alpha(png, 0xff, PNG_FILLER_BEFORE);
  }
}

std::uint32_t big_endian(std::span<const std::byte> bytes) {
  std::uint32_t value = 0;
  for (const std::byte byte : bytes) value = value << 8 | std::to_integer<std::uint32_t>(byte);
  return value;
}

class PngReader final : public ImageReader {
 public:
  PngReader(ByteSource source, std::string name)
      : name_{std::move(name)}, decoder_{std::move(source)} {
    peek_size();
    read_header();
  }

  Size size() const override { return size_; }
  Orientation orientation() const override { return orientation_; }
  bool has_alpha() const override { return has_alpha_; }

  void read_row(std::span<Argb> row) override {
    if (interlaced_) {
      if (!whole_) decode_whole();
      std::copy_n(whole_.get() + std::ptrdiff_t{next_row_} * size_.width, size_.width, row.begin());
    } else {
      auto* bytes = reinterpret_cast<png_bytep>(row.data());
      run([bytes](png_structp png, png_infop) { png_read_row(png, bytes, nullptr); });
    }
    if (++next_row_ == size_.height && !interlaced_) finish();
  }

 private:
  template <class Step>
  void run(Step step) {
    if (!decoder_.attempt(step)) fail_damaged(name_, "PNG", decoder_.reason(), decoder_.source());
  }

  // IHDR comes first (PNG spec 5.6): width at byte 16, height at 20, both big-endian. Looked at
  // here because libpng's own refusal does not tell the limit.
  void peek_size() {
    const auto head = decoder_.source().ready();
    if (head.size() < 24) fail_damaged(name_, "PNG", "the file ends too early", decoder_.source());
    size_ = checked_size(name_, big_endian(head.subspan(16, 4)), big_endian(head.subspan(20, 4)));
  }

  void read_header() {
    run([](png_structp png, png_infop info) { png_read_info(png, info); });
    const auto png = decoder_.png();
    const auto info = decoder_.info();
    // IHDR need not be the first chunk of a hostile file: what libpng found counts.
    size_ = checked_size(name_, png_get_image_width(png, info), png_get_image_height(png, info));
    has_alpha_ = (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) != 0 ||
                 png_get_valid(png, info, PNG_INFO_tRNS) != 0;
    interlaced_ = png_get_interlace_type(png, info) != PNG_INTERLACE_NONE;
    read_orientation();
    start_rows();
  }

  void read_orientation() {
    png_uint_32 count = 0;
    png_bytep tiff = nullptr;
    if (png_get_eXIf_1(decoder_.png(), decoder_.info(), &count, &tiff) != 0 && tiff)
      orientation_ = exif_orientation(std::as_bytes(std::span{tiff, count}));
  }

  void start_rows() {
    png_size_t row_bytes = 0;
    run([&row_bytes](png_structp png, png_infop info) {
      ask_for_argb(png);
      png_set_interlace_handling(png);
      png_read_update_info(png, info);
      row_bytes = png_get_rowbytes(png, info);
    });
    if (row_bytes != sizeof(Argb) * static_cast<std::size_t>(size_.width))
      fail_damaged(name_, "PNG", "a pixel format that cannot be converted", decoder_.source());
  }

  // The seven passes of an interlaced picture each touch all of it.
  void decode_whole() {
    const auto count = static_cast<std::size_t>(size_.area());
    // Left uninitialised, so that a header alone claims no memory: the passes fill every pixel.
    whole_.reset(new (std::nothrow) Argb[count]);
    if (!whole_)
      throw Error{
          Failure::bad_content,
          fmt::format("{}: interlaced, and too large for this machine's memory: needs {} MiB",
                      name_, count * sizeof(Argb) >> 20),
          "Save it without interlacing."};
    run([this](png_structp png, png_infop) {
      for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; ++pass)
        for (std::ptrdiff_t y = 0; y < size_.height; ++y)
          png_read_row(png, reinterpret_cast<png_bytep>(whole_.get() + y * size_.width), nullptr);
    });
    finish();
  }

  void finish() {
    run([](png_structp png, png_infop) { png_read_end(png, nullptr); });
  }

  std::string name_;
  PngDecoder decoder_;
  Size size_;
  Orientation orientation_ = Orientation::top_left;
  bool has_alpha_ = false;
  bool interlaced_ = false;
  std::unique_ptr<Argb[]> whole_;  // the decoded picture if interlaced_, from the first row on
  int next_row_ = 0;
};

}  // namespace

std::unique_ptr<ImageReader> open_png(ByteSource source, std::string name) {
  return std::make_unique<PngReader>(std::move(source), std::move(name));
}

}  // namespace drmshow
