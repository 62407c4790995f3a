// Image files made in memory for the tests, the fuzzer's seeds and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "content/image_reader.hpp"

namespace drmshow::test {

using Bytes = std::vector<std::byte>;
using Samples = std::vector<std::uint8_t>;

enum class Interlace { none, adam7 };
enum class JpegKind { baseline, progressive, scan_per_channel };
enum class Adobe { no_marker, marker };

struct PngSpec {
  Size size;
  int colour_type = 2;  // PNG spec 11.2.2: 0 gray, 2 RGB, 3 palette, 4 gray + alpha, 6 RGB + alpha
  int bit_depth = 8;
  Interlace interlace = Interlace::none;
  Samples palette = {};        // red, green, blue of each entry
  Samples palette_alpha = {};  // tRNS of a palette
  int transparent = -1;        // tRNS of gray and RGB: this value in each channel
  int orientation = 0;         // 0: no eXIf chunk
};
/// `rows`: packed as PNG packs them, size.height rows of equal length.
Bytes make_png(const PngSpec& spec, const Samples& rows);

struct JpegSpec {
  Size size;
  int channels = 3;  // 1 gray, 3 RGB (stored as YCbCr), 4 CMYK
  JpegKind kind = JpegKind::baseline;
  Adobe adobe = Adobe::marker;  // of a CMYK file
  int ycck = 0;                 // 1: CMYK is stored as YCCK
  int quality = 100;
  std::span<const std::byte> exif = {};  // an APP1 marker's content, e.g. of exif_marker()
};
Bytes make_jpeg(const JpegSpec& spec, const Samples& samples);

/// "Exif\0\0" and a minimal TIFF with the orientation, in Intel's or Motorola's byte order.
enum class ByteOrder { intel, motorola };
Bytes exif_marker(int orientation, ByteOrder order = ByteOrder::intel);

Bytes make_ppm(const std::string& header, const Samples& samples);
/// All pixels as literals; 4 channels.
Bytes make_qoi(Size size, const std::vector<Argb>& pixels);

Bytes to_bytes(const std::string& text);
/// Big-endian `value` written over `bytes` at `at`; a PNG's IHDR gets its checksum mended.
void put_word(Bytes& bytes, std::size_t at, std::uint32_t value);
void mend_ihdr(Bytes& png);

/// Decodes every row; throws what the reader throws.
std::vector<Argb> decode(std::span<const std::byte> bytes);

/// `size` pixels of a soft, asymmetric pattern: `channels` bytes each.
Samples soft_samples(Size size, int channels);

}  // namespace drmshow::test
