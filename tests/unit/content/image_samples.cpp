#include "image_samples.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <jpeglib.h>
#include <png.h>
#include <zlib.h>

namespace drmshow::test {
namespace {

// The libraries' default handlers suit here: a failing generator is a broken test.
void append(png_structp png, png_bytep data, png_size_t size) {
  auto& out = *static_cast<Bytes*>(png_get_io_ptr(png));
  const auto bytes = std::as_bytes(std::span{data, size});
  out.insert(out.end(), bytes.begin(), bytes.end());
}

void set_palette(png_structp png, png_infop info, const PngSpec& spec) {
  std::vector<png_color> colours;
  for (std::size_t i = 0; i + 2 < spec.palette.size(); i += 3)
    colours.push_back({spec.palette[i], spec.palette[i + 1], spec.palette[i + 2]});
  png_set_PLTE(png, info, colours.data(), static_cast<int>(colours.size()));
  if (!spec.palette_alpha.empty())
    png_set_tRNS(png, info, spec.palette_alpha.data(), static_cast<int>(spec.palette_alpha.size()),
                 nullptr);
}

void set_transparent(png_structp png, png_infop info, int value) {
  const auto word = static_cast<png_uint_16>(value);
  const png_color_16 key{0, word, word, word, word};
  png_set_tRNS(png, info, nullptr, 0, &key);
}

void set_orientation(png_structp png, png_infop info, int orientation) {
  Bytes exif = exif_marker(orientation);
  exif.erase(exif.begin(), exif.begin() + 6);  // a PNG holds the bare TIFF
  png_set_eXIf_1(png, info, static_cast<png_uint_32>(exif.size()),
                 reinterpret_cast<png_bytep>(exif.data()));
}

J_COLOR_SPACE colour_space(int channels) {
  return channels == 1 ? JCS_GRAYSCALE : channels == 3 ? JCS_RGB : JCS_CMYK;
}

void push_word(Bytes& out, std::uint32_t value) {
  for (const int shift : {24, 16, 8, 0}) out.push_back(static_cast<std::byte>(value >> shift));
}

}  // namespace

Bytes make_png(const PngSpec& spec, const Samples& rows) {
  Bytes out;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(png, &out, append, nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(spec.size.width),
               static_cast<png_uint_32>(spec.size.height), spec.bit_depth, spec.colour_type,
               spec.interlace == Interlace::adam7 ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (!spec.palette.empty()) set_palette(png, info, spec);
  if (spec.transparent >= 0) set_transparent(png, info, spec.transparent);
  if (spec.orientation != 0) set_orientation(png, info, spec.orientation);
  png_write_info(png, info);
  const int passes = png_set_interlace_handling(png);
  const auto height = static_cast<std::size_t>(spec.size.height);
  for (int pass = 0; pass < passes; ++pass)
    for (std::size_t y = 0; y < height; ++y)
      png_write_row(png, rows.data() + y * (rows.size() / height));
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return out;
}

Bytes make_jpeg(const JpegSpec& spec, const Samples& samples) {
  jpeg_compress_struct cinfo{};
  jpeg_error_mgr errors{};
  cinfo.err = jpeg_std_error(&errors);
  jpeg_create_compress(&cinfo);
  unsigned char* data = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&cinfo, &data, &size);
  cinfo.image_width = static_cast<JDIMENSION>(spec.size.width);
  cinfo.image_height = static_cast<JDIMENSION>(spec.size.height);
  cinfo.input_components = spec.channels;
  cinfo.in_color_space = colour_space(spec.channels);
  jpeg_set_defaults(&cinfo);
  if (spec.ycck != 0) jpeg_set_colorspace(&cinfo, JCS_YCCK);
  if (spec.channels == 4) cinfo.write_Adobe_marker = spec.adobe == Adobe::marker ? TRUE : FALSE;
  jpeg_set_quality(&cinfo, spec.quality, TRUE);
  if (spec.kind == JpegKind::progressive) jpeg_simple_progression(&cinfo);
  const jpeg_scan_info scans[] = {
      {1, {0}, 0, 63, 0, 0}, {1, {1}, 0, 63, 0, 0}, {1, {2}, 0, 63, 0, 0}};
  if (spec.kind == JpegKind::scan_per_channel) {
    cinfo.scan_info = scans;
    cinfo.num_scans = 3;
  }
  jpeg_start_compress(&cinfo, TRUE);
  if (!spec.exif.empty())
    jpeg_write_marker(&cinfo, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(spec.exif.data()),
                      static_cast<unsigned>(spec.exif.size()));
  const auto stride = static_cast<std::size_t>(spec.size.width * spec.channels);
  while (cinfo.next_scanline < cinfo.image_height) {
    JSAMPROW row = const_cast<JSAMPROW>(samples.data() + cinfo.next_scanline * stride);
    jpeg_write_scanlines(&cinfo, &row, 1);
  }
  jpeg_finish_compress(&cinfo);
  const auto bytes = std::as_bytes(std::span{data, size});
  Bytes out{bytes.begin(), bytes.end()};
  jpeg_destroy_compress(&cinfo);
  std::free(data);
  return out;
}

Bytes exif_marker(int orientation, ByteOrder order) {
  using namespace std::string_literals;
  const char value = static_cast<char>(orientation);
  // TIFF 6.0: header, one entry in IFD 0: tag 0x0112, SHORT, count 1, value; no next IFD.
  return order == ByteOrder::intel
             ? to_bytes("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s + value +
                        "\0\0\0\0\0\0\0"s)
             : to_bytes("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + value +
                        "\0\0\0\0\0\0"s);
}

Bytes make_ppm(const std::string& header, const Samples& samples) {
  Bytes out = to_bytes(header);
  const auto bytes = std::as_bytes(std::span{samples});
  out.insert(out.end(), bytes.begin(), bytes.end());
  return out;
}

Bytes make_qoi(Size size, const std::vector<Argb>& pixels) {
  using namespace std::string_literals;
  Bytes out = to_bytes("qoif"s);
  push_word(out, static_cast<std::uint32_t>(size.width));
  push_word(out, static_cast<std::uint32_t>(size.height));
  for (const char c : "\x04\0"s) out.push_back(static_cast<std::byte>(c));
  for (const Argb pixel : pixels) {
    out.push_back(std::byte{0xff});
    push_word(out, pixel << 8 | pixel >> 24);
  }
  for (const char c : "\0\0\0\0\0\0\0\x01"s) out.push_back(static_cast<std::byte>(c));
  return out;
}

Bytes to_bytes(const std::string& text) {
  const auto bytes = std::as_bytes(std::span{text});
  return {bytes.begin(), bytes.end()};
}

void put_word(Bytes& bytes, std::size_t at, std::uint32_t value) {
  Bytes word;
  push_word(word, value);
  std::ranges::copy(word, bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

void mend_ihdr(Bytes& png) {
  // The chunk's type and data, bytes 12 to 28; its checksum follows.
  const auto sum = crc32(0, reinterpret_cast<const Bytef*>(png.data() + 12), 17);
  put_word(png, 29, static_cast<std::uint32_t>(sum));
}

std::vector<Argb> decode(std::span<const std::byte> bytes) {
  const auto reader = open_image_bytes(bytes, "sample");
  std::vector<Argb> pixels;
  std::vector<Argb> row(static_cast<std::size_t>(reader->size().width));
  for (int y = 0; y < reader->size().height; ++y) {
    reader->read_row(row);
    pixels.insert(pixels.end(), row.begin(), row.end());
  }
  return pixels;
}

Samples soft_samples(Size size, int channels) {
  Samples samples;
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      for (int c = 0; c < channels; ++c)
        samples.push_back(
            static_cast<std::uint8_t>((x * (3 + c) + y * (5 - c) + c * 40) % 512 / 2));
  return samples;
}

}  // namespace drmshow::test
