#include "render/vulkan/barriers.hpp"

namespace drmshow {
namespace {

using Access = vk::AccessFlagBits2;
using Layout = vk::ImageLayout;
using Stage = vk::PipelineStageFlagBits2;

constexpr vk::ImageSubresourceRange whole{
    .aspectMask = vk::ImageAspectFlagBits::eColor, .levelCount = 1, .layerCount = 1};

vk::ImageMemoryBarrier2 after_drawing(vk::Image image, Layout layout) {
  return {.srcStageMask = Stage::eColorAttachmentOutput,
          .srcAccessMask = Access::eColorAttachmentWrite,
          .oldLayout = Layout::eColorAttachmentOptimal,
          .newLayout = layout,
          .srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
          .dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
          .image = image,
          .subresourceRange = whole};
}

}  // namespace

vk::ImageMemoryBarrier2 to_drawing(vk::Image image) {
  return {.srcStageMask = Stage::eColorAttachmentOutput | Stage::eFragmentShader | Stage::eCopy,
          .srcAccessMask = Access::eColorAttachmentWrite,
          .dstStageMask = Stage::eColorAttachmentOutput,
          .dstAccessMask = Access::eColorAttachmentRead | Access::eColorAttachmentWrite,
          .oldLayout = Layout::eUndefined,
          .newLayout = Layout::eColorAttachmentOptimal,
          .srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
          .dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
          .image = image,
          .subresourceRange = whole};
}

vk::ImageMemoryBarrier2 to_sampling(vk::Image image) {
  auto barrier = after_drawing(image, Layout::eShaderReadOnlyOptimal);
  barrier.dstStageMask = Stage::eFragmentShader;
  barrier.dstAccessMask = Access::eShaderSampledRead;
  return barrier;
}

vk::ImageMemoryBarrier2 to_copying(vk::Image image) {
  auto barrier = after_drawing(image, Layout::eTransferSrcOptimal);
  barrier.dstStageMask = Stage::eCopy;
  barrier.dstAccessMask = Access::eTransferRead;
  return barrier;
}

vk::ImageMemoryBarrier2 to_display(const Gpu& gpu, vk::Image image) {
  return {.srcStageMask = Stage::eColorAttachmentOutput,
          .srcAccessMask = Access::eColorAttachmentWrite,
          .oldLayout = vk::ImageLayout::eColorAttachmentOptimal,
          .newLayout = vk::ImageLayout::eGeneral,
          .srcQueueFamilyIndex = gpu.family(),
          .dstQueueFamilyIndex =
              gpu.traits().foreign_queues ? VK_QUEUE_FAMILY_FOREIGN_EXT : VK_QUEUE_FAMILY_EXTERNAL,
          .image = image,
          .subresourceRange = {
              .aspectMask = vk::ImageAspectFlagBits::eColor, .levelCount = 1, .layerCount = 1}};
}

vk::MemoryBarrier2 between_passes() {
  return {.srcStageMask = Stage::eColorAttachmentOutput,
          .srcAccessMask = Access::eColorAttachmentWrite,
          .dstStageMask = Stage::eColorAttachmentOutput,
          .dstAccessMask = Access::eColorAttachmentRead | Access::eColorAttachmentWrite};
}

vk::MemoryBarrier2 to_reading() {
  return {.srcStageMask = Stage::eCopy,
          .srcAccessMask = Access::eTransferWrite,
          .dstStageMask = Stage::eHost,
          .dstAccessMask = Access::eHostRead};
}

void record_barrier(const vk::raii::CommandBuffer& commands,
                    const vk::ImageMemoryBarrier2& barrier) {
  commands.pipelineBarrier2({.imageMemoryBarrierCount = 1, .pImageMemoryBarriers = &barrier});
}

void record_barrier(const vk::raii::CommandBuffer& commands, const vk::MemoryBarrier2& barrier) {
  commands.pipelineBarrier2({.memoryBarrierCount = 1, .pMemoryBarriers = &barrier});
}

}  // namespace drmshow
