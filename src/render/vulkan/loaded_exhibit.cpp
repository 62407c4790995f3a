#include "render/vulkan/loaded_exhibit.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "render/cpu/srgb.hpp"
#include "render/vulkan/gpu_error.hpp"
#include "render/vulkan/mesh_pipeline.hpp"
#include "render/vulkan/pass.hpp"
#include "render/vulkan/texture_image.hpp"

namespace drmshow {
namespace {

// Each has memory of its own, of which every GPU has at least 4096 (maxMemoryAllocationCount).
constexpr std::size_t kMostTextures = 2048;

float linear(float srgb) {
  return srgb_tables().light[static_cast<std::size_t>(std::clamp(srgb, 0.f, 1.f) * 255 + .5f)];
}

std::array<float, 4> to_push(const Material& material) {
  const Vec3& colour = material.colour;
  return {linear(colour.x), linear(colour.y), linear(colour.z), material.shines ? 1.f : 0.f};
}

MeshBuffers make_buffers(const Gpu& gpu, const Exhibit& exhibit) {
  Staging staging{gpu};
  return {gpu, exhibit.mesh, exhibit.framing, staging};
}

template <class Make>
auto loaded(const Make& make) {
  return gpu_call("the GPU cannot take the scene", make);
}

}  // namespace

LoadedExhibit::LoadedExhibit(const Gpu& gpu, const Exhibit& exhibit)
    : view_{exhibit.view},
      set_layout_{
          loaded([&] { return make_set_layout(gpu, vk::DescriptorType::eCombinedImageSampler); })},
      sampler_{loaded([&] { return make_mesh_sampler(gpu); })},
      buffers_{loaded([&] { return make_buffers(gpu, exhibit); })} {
  loaded([&] {
    Staging staging{gpu};
    load_textures(gpu, exhibit, staging);
    make_sets(gpu);
  });
  make_parts(exhibit.mesh);
}

// One at a time: they may be large. A material without a texture has a white pixel.
void LoadedExhibit::load_textures(const Gpu& gpu, const Exhibit& exhibit, Staging& staging) {
  const int longest = std::min(kMaxTextureSide, static_cast<int>(gpu.limits().maxImageDimension2D));
  const Texture white{{1, 1}, {0xffffffff}};
  for (const MeshPart& part : exhibit.mesh.parts) {
    const auto& name = exhibit.mesh.materials[part.material].texture;
    if (!places_.emplace(name, textures_.size()).second) continue;
    if (textures_.size() >= kMostTextures)
      throw Error{Failure::bad_content,
                  fmt::format("the model has more than {} textures", kMostTextures),
                  "Put several textures into one image first."};
    textures_.push_back(
        make_texture_image(gpu, name.empty() ? white : exhibit.texture(name, longest), staging));
  }
}

void LoadedExhibit::make_sets(const Gpu& gpu) {
  const auto count = static_cast<std::uint32_t>(textures_.size());
  const vk::DescriptorPoolSize descriptors{.type = vk::DescriptorType::eCombinedImageSampler,
                                           .descriptorCount = count};
  pool_ = {gpu.device(), vk::DescriptorPoolCreateInfo{
                             .maxSets = count, .poolSizeCount = 1, .pPoolSizes = &descriptors}};
  const std::vector<vk::DescriptorSetLayout> layouts(count, *set_layout_);
  // They go with the pool.
  sets_ = (*gpu.device())
              .allocateDescriptorSets({.descriptorPool = *pool_,
                                       .descriptorSetCount = count,
                                       .pSetLayouts = layouts.data()},
                                      *gpu.device().getDispatcher());
  for (std::uint32_t i = 0; i < count; ++i) {
    const vk::DescriptorImageInfo image{.sampler = *sampler_,
                                        .imageView = textures_[i].view(),
                                        .imageLayout = vk::ImageLayout::eShaderReadOnlyOptimal};
    gpu.device().updateDescriptorSets(
        vk::WriteDescriptorSet{.dstSet = sets_[i],
                               .descriptorCount = 1,
                               .descriptorType = vk::DescriptorType::eCombinedImageSampler,
                               .pImageInfo = &image},
        {});
  }
}

void LoadedExhibit::make_parts(const Mesh& mesh) {
  for (const MeshPart& part : mesh.parts) {
    const Material& material = mesh.materials[part.material];
    parts_.push_back({part.first_index, part.index_count, to_push(material),
                      sets_[places_.at(material.texture)]});
  }
}

}  // namespace drmshow
