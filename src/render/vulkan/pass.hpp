// What passes over a whole image share: shaders that get nothing but a place, drawn as one
// triangle.
#pragma once

#include <cstdint>
#include <span>

#include "render/vulkan/gpu.hpp"
#include "render/vulkan/scene.hpp"

namespace drmshow {

using SpirvWords = std::span<const std::uint32_t>;

/// What becomes of the colours that are there already.
enum class Blending {
  replace,
  replace_but_alpha,  ///< whatever the shader writes there
  over,               ///< the new ones are premultiplied
};

vk::raii::ShaderModule make_module(const Gpu& gpu, SpirvWords words);

/// Of one descriptor, which fragment shaders read.
vk::raii::DescriptorSetLayout make_set_layout(const Gpu& gpu, vk::DescriptorType type);
/// Of one set.
vk::raii::PipelineLayout make_layout(const Gpu& gpu, vk::DescriptorSetLayout set,
                                     vk::PushConstantRange push);

/// For targets of `format`. `fragment` has its entry point "main", and writes location 0. Throws
/// vk::SystemError.
vk::raii::Pipeline make_pass_pipeline(const Gpu& gpu, vk::PipelineLayout layout, vk::Format format,
                                      SpirvWords fragment, Blending blending);

/// Begins drawing into `target`. `load`: what becomes of what is there; eClear makes it opaque
/// black. Nothing outside of `box` is drawn.
void begin_pass(const vk::raii::CommandBuffer& commands, const RenderTarget& target,
                vk::AttachmentLoadOp load, Rect box);
void draw_pass(const vk::raii::CommandBuffer& commands);

vk::Rect2D to_rect2d(Rect box);

}  // namespace drmshow
