#include "present/kms_surface.hpp"

#include <utility>

#include "render/cpu/paint.hpp"

namespace drmshow {

KmsSurface::KmsSurface(const Device& device, Size size, Format format)
    : size_{size},
      buffer_{std::in_place, device, size, bits_per_pixel(format)},
      mapping_{std::in_place, device, *buffer_},
      framebuffer_{device, *buffer_, format} {}

KmsSurface::KmsSurface(const Device& device, std::unique_ptr<ScanoutImage> image)
    : size_{image->layout().size},
      image_{std::move(image)},
      framebuffer_{device, image_->layout()} {}

std::unique_ptr<Surface> KmsSurfaceMaker::make(const ImageWay& way, Size size, Format format) {
  if (way.rung == ImageRung::copy) return std::make_unique<KmsSurface>(device_, size, format);
  return std::make_unique<KmsSurface>(device_, images_->make(way, size));
}

}  // namespace drmshow
