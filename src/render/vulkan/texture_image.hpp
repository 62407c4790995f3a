// Textures in the GPU: sRGB, with all of their smaller versions.
#pragma once

#include "render/scene/texture.hpp"
#include "render/vulkan/memory.hpp"
#include "render/vulkan/staging.hpp"

namespace drmshow {

/// Longest side of a texture: more would not be seen on any screen, and takes a gigabyte.
constexpr int kMaxTextureSide = 8192;

/// Ready to be sampled by fragment shaders.
GpuImage make_texture_image(const Gpu& gpu, const Texture& texture, Staging& staging);

}  // namespace drmshow
