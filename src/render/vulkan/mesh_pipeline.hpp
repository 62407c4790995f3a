// How a mesh is drawn: shaders, textures, depth, samples.
#pragma once

#include <array>

#include "base/vec3.hpp"
#include "render/scene/camera.hpp"
#include "render/vulkan/gpu.hpp"

namespace drmshow {

/// As in shaders/mesh.frag.
struct MeshPush {
  Mat4 clip_from_mesh;
  std::array<std::array<float, 4>, 2> lights;
  std::array<float, 4> eye;
  std::array<float, 4> colour;
};
static_assert(sizeof(MeshPush) == 128);  // what every GPU takes

constexpr auto kMeshDepthFormat = vk::Format::eD32Sfloat;
constexpr vk::ShaderStageFlags kMeshStages =
    vk::ShaderStageFlagBits::eVertex | vk::ShaderStageFlagBits::eFragment;
constexpr vk::PushConstantRange mesh_push{.stageFlags = kMeshStages, .size = sizeof(MeshPush)};

/// 4 if the GPU can, else 1.
vk::SampleCountFlagBits mesh_samples(const Gpu& gpu, vk::Format format);

/// `layout` takes a set with a texture, and mesh_push.
vk::raii::Pipeline make_mesh_pipeline(const Gpu& gpu, vk::PipelineLayout layout, vk::Format format,
                                      vk::SampleCountFlagBits samples);
vk::raii::Sampler make_mesh_sampler(const Gpu& gpu);

}  // namespace drmshow
