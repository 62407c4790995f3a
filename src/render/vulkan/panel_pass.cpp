#include "render/vulkan/panel_pass.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "drm-show/error.hpp"
#include "panel.frag.hpp"
#include "render/vulkan/barriers.hpp"
#include "render/vulkan/pass.hpp"

namespace drmshow {
namespace {

constexpr auto pixels_type = vk::DescriptorType::eStorageBuffer;
constexpr vk::PushConstantRange box_range{.stageFlags = vk::ShaderStageFlagBits::eFragment,
                                          .size = sizeof(Rect)};
static_assert(sizeof(Rect) == 4 * sizeof(std::int32_t));  // an ivec4, see panel.frag

vk::raii::DescriptorPool panel_pool(const Gpu& gpu) {
  constexpr auto sets = static_cast<std::uint32_t>(PanelPass::most_panels * jobs_in_flight);
  const vk::DescriptorPoolSize size{.type = pixels_type, .descriptorCount = sets};
  return {gpu.device(), vk::DescriptorPoolCreateInfo{
                            .flags = vk::DescriptorPoolCreateFlagBits::eFreeDescriptorSet,
                            .maxSets = sets,
                            .poolSizeCount = 1,
                            .pPoolSizes = &size}};
}

}  // namespace

PanelPass::PanelPass(const Gpu& gpu, vk::Format format)
    : gpu_{gpu},
      set_layout_{make_set_layout(gpu, pixels_type)},
      pool_{panel_pool(gpu)},
      layout_{make_layout(gpu, *set_layout_, box_range)},
      pipeline_{make_pass_pipeline(gpu, *layout_, format, spirv::panel_frag, Blending::over)} {}

void PanelPass::add(Panel& panel) {
  if (panel.box().size().empty()) return;
  if (panels_.size() == most_panels) throw Error{Failure::unexpected, "too many panels"};
  panels_.push_back({&panel, {make_copy(panel), make_copy(panel)}});
  line_.resize(std::max(line_.size(), static_cast<std::size_t>(panel.box().width)));
}

PanelPass::Copy PanelPass::make_copy(const Panel& panel) const {
  const auto bytes = static_cast<vk::DeviceSize>(panel.box().size().area()) * sizeof(Pixel);
  const vk::DescriptorSetLayout layout = *set_layout_;
  vk::raii::DescriptorSets sets{
      gpu_.device(),
      vk::DescriptorSetAllocateInfo{
          .descriptorPool = *pool_, .descriptorSetCount = 1, .pSetLayouts = &layout}};
  Copy copy{GpuBuffer{gpu_, bytes, vk::BufferUsageFlagBits::eStorageBuffer, MemoryUse::upload},
            std::move(sets.front())};
  const vk::DescriptorBufferInfo buffer{.buffer = copy.buffer.get(), .range = VK_WHOLE_SIZE};
  gpu_.device().updateDescriptorSets(vk::WriteDescriptorSet{.dstSet = *copy.descriptors,
                                                            .descriptorCount = 1,
                                                            .descriptorType = pixels_type,
                                                            .pBufferInfo = &buffer},
                                     nullptr);
  return copy;
}

void PanelPass::update(const Panel& panel, Copy& copy) {
  if (copy.version == panel.version() + 1) return;
  copy.version = panel.version() + 1;
  const Rect box = panel.box();
  const std::span line{line_.data(), static_cast<std::size_t>(box.width)};
  std::span<std::byte> to = copy.buffer.bytes();
  for (int y = box.y; y < box.bottom(); ++y) {
    std::ranges::fill(line, Pixel{0});
    panel.lay(y, box.x, line);
    std::memcpy(to.data(), line.data(), line.size_bytes());
    to = to.subspan(line.size_bytes());
  }
}

void PanelPass::record(const vk::raii::CommandBuffer& commands, const RenderTarget& target, int job,
                       const Moment& now) {
  for (Shown& shown : panels_) {
    shown.panel->set(now);
    Copy& copy = shown.copies[static_cast<std::size_t>(job)];
    update(*shown.panel, copy);
    const Rect box = shown.panel->box();
    record_barrier(commands, between_passes());
    begin_pass(commands, target, vk::AttachmentLoadOp::eLoad, box);
    commands.bindPipeline(vk::PipelineBindPoint::eGraphics, *pipeline_);
    commands.bindDescriptorSets(vk::PipelineBindPoint::eGraphics, *layout_, 0, *copy.descriptors,
                                nullptr);
    commands.pushConstants<Rect>(*layout_, vk::ShaderStageFlagBits::eFragment, 0, box);
    draw_pass(commands);
    commands.endRendering();
  }
}

}  // namespace drmshow
