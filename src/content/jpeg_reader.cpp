#include "content/jpeg_reader.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "content/content_error.hpp"
#include "content/exif.hpp"
#include "content/jpeg_decoder.hpp"

#ifndef JCS_ALPHA_EXTENSIONS
#error "drm-show needs libjpeg-turbo: it decodes straight to 32-bit pixels"
#endif

namespace drmshow {
namespace {

constexpr J_COLOR_SPACE kArgb =
    std::endian::native == std::endian::little ? JCS_EXT_BGRA : JCS_EXT_ARGB;
constexpr int exif_marker = JPEG_APP0 + 1;

bool is_exif(const jpeg_marker_struct& marker) {
  return marker.marker == exif_marker && marker.data_length > exif_mark.size() &&
         std::memcmp(marker.data, exif_mark.data(), exif_mark.size()) == 0;
}

Orientation orientation_of(const jpeg_decompress_struct& cinfo) {
  for (const auto* marker = cinfo.marker_list; marker; marker = marker->next)
    if (is_exif(*marker))
      return exif_orientation(
          std::as_bytes(std::span{marker->data, marker->data_length}.subspan(exif_mark.size())));
  return Orientation::top_left;
}

constexpr unsigned product(unsigned a, unsigned b) {
  return (a * b + 127) / 255;
}

// `pixel` holds bytes C, M, Y, K as decoded: 255 is full ink, or none if Adobe wrote the file
// (libjpeg.txt, "Special color spaces"). Without a profile the inks are taken as ideal.
Argb from_cmyk(Argb pixel, unsigned invert) {
  std::array<unsigned char, 4> inks{};
  std::memcpy(inks.data(), &pixel, sizeof pixel);
  const unsigned light = inks[3] ^ invert;
  return 0xff000000u | product(inks[0] ^ invert, light) << 16 |
         product(inks[1] ^ invert, light) << 8 | product(inks[2] ^ invert, light);
}

class JpegReader final : public ImageReader {
 public:
  JpegReader(ByteSource source, std::string name)
      : name_{std::move(name)}, decoder_{std::move(source)} {
    run([](jpeg_decompress_struct& cinfo) {
      jpeg_save_markers(&cinfo, exif_marker, 0xffff);
      jpeg_read_header(&cinfo, TRUE);
    });
    decoder_.end_header();
    const auto& cinfo = decoder_.cinfo();
    original_size_ = checked_size(name_, cinfo.image_width, cinfo.image_height);
    orientation_ = orientation_of(cinfo);
    choose_colours();
    scale_to(1);
  }

  Size size() const override { return size_; }
  Size original_size() const override { return original_size_; }
  Orientation orientation() const override { return orientation_; }

  void reduce(Size at_least) override {
    // The factors for which libjpeg-turbo has fast code.
    for (const unsigned denominator : {8u, 4u, 2u, 1u}) {
      scale_to(denominator);
      if (size_.width >= at_least.width && size_.height >= at_least.height) return;
    }
  }

  void read_row(std::span<Argb> row) override {
    if (next_row_ == 0) start();
    auto* samples = reinterpret_cast<JSAMPROW>(row.data());
    run([samples](jpeg_decompress_struct& cinfo) {
      JSAMPROW rows[] = {samples};
      jpeg_read_scanlines(&cinfo, rows, 1);
    });
    if (cmyk_) convert_inks(row);
    if (++next_row_ == size_.height) finish();
  }

 private:
  template <class Step>
  void run(Step step) {
    if (!decoder_.attempt(step)) fail(decoder_.reason());
  }

  [[noreturn]] void fail(const char* reason) const {
    fail_damaged(name_, "JPEG", reason, decoder_.source());
  }

  void choose_colours() {
    switch (decoder_.cinfo().jpeg_color_space) {
      case JCS_GRAYSCALE:
      case JCS_YCbCr:
      case JCS_RGB:
        cmyk_ = false;
        break;
      case JCS_CMYK:
      case JCS_YCCK:
        cmyk_ = true;
        break;
      default:
        fail("a colour space that is neither gray, RGB, YCbCr, CMYK nor YCCK");
    }
    const J_COLOR_SPACE wanted = cmyk_ ? JCS_CMYK : kArgb;
    run([wanted](jpeg_decompress_struct& cinfo) { cinfo.out_color_space = wanted; });
  }

  void scale_to(unsigned denominator) {
    run([denominator](jpeg_decompress_struct& cinfo) {
      cinfo.scale_num = 1;
      cinfo.scale_denom = denominator;
      jpeg_calc_output_dimensions(&cinfo);
    });
    const auto& cinfo = decoder_.cinfo();
    size_ = {static_cast<int>(cinfo.output_width), static_cast<int>(cinfo.output_height)};
  }

  void start() {
    run([](jpeg_decompress_struct& cinfo) { jpeg_start_decompress(&cinfo); });
  }

  void finish() {
    run([](jpeg_decompress_struct& cinfo) { jpeg_finish_decompress(&cinfo); });
  }

  void convert_inks(std::span<Argb> row) const {
    // from_cmyk() wants light, not ink: Adobe's files hold just that.
    const unsigned invert = decoder_.cinfo().saw_Adobe_marker ? 0 : 0xff;
    std::ranges::transform(row, row.begin(), [=](Argb inks) { return from_cmyk(inks, invert); });
  }

  std::string name_;
  JpegDecoder decoder_;
  Size original_size_;
  Size size_;
  Orientation orientation_ = Orientation::top_left;
  bool cmyk_ = false;
  int next_row_ = 0;
};

}  // namespace

std::unique_ptr<ImageReader> open_jpeg(ByteSource source, std::string name) {
  return std::make_unique<JpegReader>(std::move(source), std::move(name));
}

}  // namespace drmshow
