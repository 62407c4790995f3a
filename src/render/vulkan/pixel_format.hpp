// Pixel formats that both Vulkan and displays have. Pure.
#pragma once

#include <span>

#include "drm-show/format.hpp"
#include "render/vulkan/vulkan.hpp"

namespace drmshow {

/// How good our pictures look in a format; better ones first.
enum class FormatClass {
  exact,       ///< eight bits a channel, as images have
  with_alpha,  ///< ... and an alpha that the display may look at: it must be drawn as 1
  deep,        ///< more bits than anybody asked for, which takes memory bandwidth
  coarse,      ///< fewer bits: it can be seen
};

struct PixelFormat {
  Format drm;
  vk::Format vulkan;
  FormatClass quality;
  unsigned bits;  ///< of a pixel in memory
};

/// All, best first.
std::span<const PixelFormat> pixel_formats();

/// nullptr if it is none of these.
const PixelFormat* find_pixel_format(Format format);
/// The display may look at its alpha.
bool has_alpha(Format format);

}  // namespace drmshow
