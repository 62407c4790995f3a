// Memory for one picture, the framebuffer on it, and whoever draws' way to it.
#pragma once

#include <memory>
#include <optional>

#include "drm-show/dumb_buffer.hpp"
#include "drm-show/scanout_image.hpp"

namespace drmshow {

class Surface {
 public:
  /// A dumb buffer, which the CPU draws into.
  Surface(const Device& device, Size size, Format format);
  /// An image, which whoever made it draws into. Throws Error if the display driver cannot show it.
  Surface(const Device& device, std::unique_ptr<ScanoutImage> image);

  FramebufferId framebuffer() const { return framebuffer_.id(); }
  Format format() const { return framebuffer_.format(); }
  Size size() const { return size_; }
  /// nullptr for an image.
  const Mapping* mapping() const { return mapping_ ? &*mapping_ : nullptr; }
  /// nullptr for a dumb buffer.
  ScanoutImage* image() const { return image_.get(); }

 private:
  Size size_;
  std::optional<DumbBuffer> buffer_;
  std::optional<Mapping> mapping_;
  std::unique_ptr<ScanoutImage> image_;
  Framebuffer framebuffer_;  // goes before its memory does
};

}  // namespace drmshow
