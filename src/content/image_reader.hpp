// Decodes an untrusted image file row by row. Memory is a few rows, except where the format needs
// the whole picture (interlaced PNG: 4 bytes a pixel; progressive JPEG: its coefficients).
//
// Colour profiles (iCCP, ICC in APP2) and gAMA, cHRM and sBIT are ignored: samples are taken as
// sRGB. A damaged or cut-off file is an Error, never half a picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "content/orientation.hpp"
#include "drm-show/geometry.hpp"

namespace drmshow {

/// 0xAARRGGBB, alpha straight (colours not multiplied by it): DRM_FORMAT_ARGB8888's layout.
using Argb = std::uint32_t;

/// Longest side accepted, in pixels ("16k"). Checked on the header, before anything is allocated.
constexpr int kMaxImageSide = 16384;
/// Most memory a single decoder may ask for: an interlaced PNG of the largest size just fits.
constexpr std::int64_t kMaxDecoderBytes = std::int64_t{1} << 30;

class ImageReader {
 public:
  ImageReader() = default;
  ImageReader(const ImageReader&) = delete;
  ImageReader& operator=(const ImageReader&) = delete;
  virtual ~ImageReader() = default;

  /// Size of the rows that read_row() gives, as stored: not turned by orientation().
  virtual Size size() const = 0;
  /// Size in the file; differs from size() after reduce().
  virtual Size original_size() const { return size(); }
  virtual Orientation orientation() const { return Orientation::top_left; }
  /// False if every pixel is certain to be opaque.
  virtual bool has_alpha() const { return false; }

  /// Lets a decoder that can do so cheaply give a smaller picture, never smaller than `at_least`
  /// (as stored). Only before the first row.
  virtual void reduce(Size /*at_least*/) {}

  /// Decodes the next row, from the top, into `row` (size().width pixels). The last row also checks
  /// that the file ends as it should. After an Error the reader is good for nothing more.
  virtual void read_row(std::span<Argb> row) = 0;

  Size upright_size() const { return upright(size(), orientation()); }
};

/// Opens a PNG, JPEG, PGM/PPM (binary) or QOI file, told by its content. Throws Error
/// (Failure::bad_content) with the reason for anything else.
std::unique_ptr<ImageReader> open_image(const std::filesystem::path& path);

/// The same for bytes in memory, which must outlive the reader; `name` is used in errors.
std::unique_ptr<ImageReader> open_image_bytes(std::span<const std::byte> bytes, std::string name);

}  // namespace drmshow
