#include "present/surface.hpp"

#include <utility>

#include "render/cpu/paint.hpp"

namespace drmshow {

Surface::Surface(const Device& device, Size size, Format format)
    : size_{size},
      buffer_{std::in_place, device, size, bits_per_pixel(format)},
      mapping_{std::in_place, device, *buffer_},
      framebuffer_{device, *buffer_, format} {}

Surface::Surface(const Device& device, std::unique_ptr<ScanoutImage> image)
    : size_{image->layout().size},
      image_{std::move(image)},
      framebuffer_{device, image_->layout()} {}

}  // namespace drmshow
