#include "render/vulkan/turn_pass.hpp"

#include <cstdint>
#include <utility>

#include "render/cpu/turned.hpp"
#include "render/vulkan/barriers.hpp"
#include "render/vulkan/pass.hpp"
#include "turn.frag.hpp"

namespace drmshow {
namespace {

constexpr auto source_type = vk::DescriptorType::eCombinedImageSampler;

struct TurnConstants {  // see turn.frag
  Size screen;
  std::int32_t quarter_turns;
};
constexpr vk::PushConstantRange constants_range{.stageFlags = vk::ShaderStageFlagBits::eFragment,
                                                .size = sizeof(TurnConstants)};

ImageWish source_wish(vk::Format format, Size screen, int quarter_turns) {
  return {.size = size_before_turning(screen, quarter_turns),
          .format = format,
          .usage = vk::ImageUsageFlagBits::eColorAttachment | vk::ImageUsageFlagBits::eSampled};
}

vk::raii::DescriptorPool turn_pool(const Gpu& gpu) {
  const vk::DescriptorPoolSize size{.type = source_type, .descriptorCount = 1};
  return {gpu.device(), vk::DescriptorPoolCreateInfo{
                            .flags = vk::DescriptorPoolCreateFlagBits::eFreeDescriptorSet,
                            .maxSets = 1,
                            .poolSizeCount = 1,
                            .pPoolSizes = &size}};
}

vk::raii::DescriptorSet turn_set(const Gpu& gpu, const vk::raii::DescriptorPool& pool,
                                 vk::DescriptorSetLayout layout,
                                 const vk::DescriptorImageInfo& image) {
  vk::raii::DescriptorSets sets{
      gpu.device(), vk::DescriptorSetAllocateInfo{
                        .descriptorPool = *pool, .descriptorSetCount = 1, .pSetLayouts = &layout}};
  gpu.device().updateDescriptorSets(vk::WriteDescriptorSet{.dstSet = *sets.front(),
                                                           .descriptorCount = 1,
                                                           .descriptorType = source_type,
                                                           .pImageInfo = &image},
                                    nullptr);
  return std::move(sets.front());
}

}  // namespace

TurnPass::TurnPass(const Gpu& gpu, vk::Format format, Size screen, int quarter_turns)
    : quarter_turns_{quarter_turns},
      source_{gpu, source_wish(format, screen, quarter_turns)},
      sampler_{gpu.device(), vk::SamplerCreateInfo{}},  // texels are fetched as they are
      set_layout_{make_set_layout(gpu, source_type)},
      pool_{turn_pool(gpu)},
      descriptors_{turn_set(gpu, pool_, *set_layout_,
                            {.sampler = *sampler_,
                             .imageView = source_.view(),
                             .imageLayout = vk::ImageLayout::eShaderReadOnlyOptimal})},
      layout_{make_layout(gpu, *set_layout_, constants_range)},
      pipeline_{make_pass_pipeline(gpu, *layout_, format, spirv::turn_frag, Blending::replace)} {}

void TurnPass::record(const vk::raii::CommandBuffer& commands, const RenderTarget& target) const {
  record_barrier(commands, to_sampling(source_.get()));
  begin_pass(commands, target, vk::AttachmentLoadOp::eDontCare, {{0, 0}, target.size});
  commands.bindPipeline(vk::PipelineBindPoint::eGraphics, *pipeline_);
  commands.bindDescriptorSets(vk::PipelineBindPoint::eGraphics, *layout_, 0, *descriptors_,
                              nullptr);
  commands.pushConstants<TurnConstants>(*layout_, vk::ShaderStageFlagBits::eFragment, 0,
                                        TurnConstants{target.size, quarter_turns_});
  draw_pass(commands);
  commands.endRendering();
}

}  // namespace drmshow
