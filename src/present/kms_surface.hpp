// Memory that displays scan out, and the framebuffer on it.
#pragma once

#include <memory>
#include <optional>

#include "drm-show/dumb_buffer.hpp"
#include "drm-show/scanout_image.hpp"
#include "present/surface.hpp"

namespace drmshow {

class KmsSurface final : public Surface {
 public:
  /// A dumb buffer, which the CPU draws into.
  KmsSurface(const Device& device, Size size, Format format);
  /// An image, which whoever made it draws into. Throws Error if the display driver cannot show it.
  KmsSurface(const Device& device, std::unique_ptr<ScanoutImage> image);

  FramebufferId framebuffer() const { return framebuffer_.id(); }
  Format format() const override { return framebuffer_.format(); }
  Size size() const override { return size_; }
  const Mapping* mapping() const override { return mapping_ ? &*mapping_ : nullptr; }
  ScanoutImage* image() const override { return image_.get(); }

 private:
  Size size_;
  std::optional<DumbBuffer> buffer_;
  std::optional<Mapping> mapping_;
  std::unique_ptr<ScanoutImage> image_;
  Framebuffer framebuffer_;  // goes before its memory does
};

class KmsSurfaceMaker final : public SurfaceMaker {
 public:
  /// `images`: for everything but ImageRung::copy; may be nullptr if nothing else is asked for.
  KmsSurfaceMaker(const Device& device, ImageSource* images) : device_{device}, images_{images} {}
  std::unique_ptr<Surface> make(const ImageWay& way, Size size, Format format) override;

 private:
  const Device& device_;
  ImageSource* images_;
};

}  // namespace drmshow
