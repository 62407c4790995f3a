// Memory for one picture, and the CPU's way to it.
#pragma once

#include "drm-show/dumb_buffer.hpp"
#include "render/cpu/paint.hpp"

namespace drmshow {

struct Surface {
  DumbBuffer buffer;
  Mapping mapping;
  Framebuffer framebuffer;

  Surface(const Device& device, Size size, Format format)
      : buffer{device, size, bits_per_pixel(format)},
        mapping{device, buffer},
        framebuffer{device, buffer, format} {}
};

}  // namespace drmshow
