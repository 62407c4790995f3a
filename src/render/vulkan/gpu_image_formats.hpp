// What a GPU says about images that are drawn into and shared.
#pragma once

#include "drm-show/geometry.hpp"
#include "render/vulkan/gpu.hpp"
#include "render/vulkan/image_ladder.hpp"

namespace drmshow {

/// For images of this size.
GpuImageFormats gpu_image_formats(const Gpu& gpu, Size size);

/// A modifier that a format can have, and how many memory planes it takes.
struct GpuModifier {
  Modifier modifier;
  std::size_t planes = 1;
};

/// Those that it can draw into, in its own order.
std::vector<GpuModifier> drawn_modifiers(const Gpu& gpu, vk::Format format);

}  // namespace drmshow
