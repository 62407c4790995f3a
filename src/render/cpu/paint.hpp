// Writing a picture into a framebuffer: whole lines, top down, never reading back.
#pragma once

#include "drm-show/dumb_buffer.hpp"
#include "drm-show/format.hpp"
#include "drm-show/picture.hpp"

namespace drmshow {

/// The formats that paint() can write, best first.
inline constexpr Format paintable_formats[] = {formats::xrgb8888, formats::rgb565};

/// Bits a pixel of `format` takes, one of paintable_formats.
unsigned bits_per_pixel(Format format);

/// Fills a framebuffer of the picture's size.
void paint(const Picture& picture, const Mapping& mapping, Format format);

}  // namespace drmshow
