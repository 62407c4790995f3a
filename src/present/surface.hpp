// Memory for one picture, as whoever draws sees it.
#pragma once

#include <memory>

#include "drm-show/dumb_buffer.hpp"
#include "drm-show/scanout_image.hpp"

namespace drmshow {

class Surface {
 public:
  Surface() = default;
  virtual ~Surface() = default;
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;

  virtual Size size() const = 0;
  virtual Format format() const = 0;
  /// nullptr for an image.
  virtual const Mapping* mapping() const = 0;
  /// nullptr for memory that the CPU draws into.
  virtual ScanoutImage* image() const = 0;
};

class SurfaceMaker {
 public:
  virtual ~SurfaceMaker() = default;
  /// `format`: with ImageRung::copy, which says none. Throws Error if it cannot be made, or not be
  /// shown.
  virtual std::unique_ptr<Surface> make(const ImageWay& way, Size size, Format format) = 0;
};

}  // namespace drmshow
