#include "scanout_cells.hpp"

#include <cstring>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace drmshow {
namespace {

constexpr vk::ImageSubresourceRange whole_image{
    .aspectMask = vk::ImageAspectFlagBits::eColor, .levelCount = 1, .layerCount = 1};

vk::raii::CommandBuffer first_buffer(const Gpu& gpu, const vk::raii::CommandPool& pool) {
  vk::raii::CommandBuffers buffers{gpu.device(), {.commandPool = *pool, .commandBufferCount = 1}};
  return std::move(buffers.front());
}

void record_change(const vk::raii::CommandBuffer& commands, vk::ImageMemoryBarrier2 barrier,
                   const VulkanImage& image) {
  barrier.image = image.image();
  barrier.subresourceRange = whole_image;
  commands.pipelineBarrier2({.imageMemoryBarrierCount = 1, .pImageMemoryBarriers = &barrier});
}

vk::Extent2D extent_of(Size size) {
  return {static_cast<std::uint32_t>(size.width), static_cast<std::uint32_t>(size.height)};
}

float channel(Pixel colour, int shift) {
  return static_cast<float>(colour >> shift & 0xff) / 255;
}

vk::ClearValue clear_to(Pixel colour) {
  return vk::ClearColorValue{
      std::array{channel(colour, 16), channel(colour, 8), channel(colour, 0), 1.0F}};
}

vk::ClearRect cell_at(int x, int y, Size size) {
  const Size part{std::min(cell_side, size.width - x), std::min(cell_side, size.height - y)};
  return {.rect = {.offset = {x, y}, .extent = extent_of(part)}, .layerCount = 1};
}

}  // namespace

Pixel cell_colour(int column, int row, int frame) {
  const auto part = [&](int a, int b, int c) {
    return static_cast<Pixel>((column * a + row * b + frame * c) & 0xff);
  };
  return part(7, 3, 50) << 16 | part(2, 11, 90) << 8 | part(13, 5, 130);
}

void Cells::draw_row(int y, std::span<Pixel> row) const {
  for (int x = 0; x < size_.width; ++x) {
    row[static_cast<std::size_t>(x)] = cell_colour(x / cell_side, y / cell_side, frame_);
  }
}

CellDrawer::CellDrawer(GpuTimeline& timeline)
    : timeline_{timeline},
      pool_{timeline.gpu().device(),
            vk::CommandPoolCreateInfo{.flags = vk::CommandPoolCreateFlagBits::eResetCommandBuffer,
                                      .queueFamilyIndex = timeline.gpu().family()}},
      commands_{first_buffer(timeline.gpu(), pool_)} {
  if (timeline.gpu().traits().exports_fences) fence_.emplace(timeline.gpu());
}

UniqueFd CellDrawer::draw(const VulkanImage& image, int frame) {
  timeline_.wait_for_all();  // for the command buffer and the copy
  const auto bytes = static_cast<vk::DeviceSize>(image.size().area()) * sizeof(Pixel);
  copy_.emplace(timeline_.gpu(), bytes, vk::BufferUsageFlagBits::eTransferDst, MemoryUse::readback);
  record(image, frame);
  return submit();
}

void CellDrawer::record(const VulkanImage& image, int frame) {
  using Stage = vk::PipelineStageFlagBits2;
  using Access = vk::AccessFlagBits2;
  commands_.begin({.flags = vk::CommandBufferUsageFlagBits::eOneTimeSubmit});
  record_change(commands_,
                {.srcStageMask = Stage::eColorAttachmentOutput,
                 .dstStageMask = Stage::eColorAttachmentOutput,
                 .dstAccessMask = Access::eColorAttachmentWrite,
                 .newLayout = vk::ImageLayout::eColorAttachmentOptimal},
                image);
  draw_cells(image, frame);
  record_change(commands_,
                {.srcStageMask = Stage::eColorAttachmentOutput,
                 .srcAccessMask = Access::eColorAttachmentWrite,
                 .dstStageMask = Stage::eCopy,
                 .dstAccessMask = Access::eTransferRead,
                 .oldLayout = vk::ImageLayout::eColorAttachmentOptimal,
                 .newLayout = vk::ImageLayout::eTransferSrcOptimal},
                image);
  const vk::Extent2D extent = extent_of(image.size());
  const vk::BufferImageCopy region{
      .imageSubresource = {.aspectMask = vk::ImageAspectFlagBits::eColor, .layerCount = 1},
      .imageExtent = {extent.width, extent.height, 1}};
  commands_.copyImageToBuffer(image.image(), vk::ImageLayout::eTransferSrcOptimal, copy_->get(),
                              region);
  record_change(
      commands_,
      {.srcStageMask = Stage::eCopy,
       .oldLayout = vk::ImageLayout::eTransferSrcOptimal,
       .newLayout = vk::ImageLayout::eGeneral,
       .srcQueueFamilyIndex = timeline_.gpu().family(),
       .dstQueueFamilyIndex = timeline_.gpu().traits().foreign_queues ? VK_QUEUE_FAMILY_FOREIGN_EXT
                                                                      : VK_QUEUE_FAMILY_EXTERNAL},
      image);
  commands_.end();
}

void CellDrawer::draw_cells(const VulkanImage& image, int frame) const {
  const vk::RenderingAttachmentInfo target{.imageView = image.view(),
                                           .imageLayout = vk::ImageLayout::eColorAttachmentOptimal,
                                           .loadOp = vk::AttachmentLoadOp::eDontCare,
                                           .storeOp = vk::AttachmentStoreOp::eStore};
  commands_.beginRendering({.renderArea = {.extent = extent_of(image.size())},
                            .layerCount = 1,
                            .colorAttachmentCount = 1,
                            .pColorAttachments = &target});
  for (int y = 0; y < image.size().height; y += cell_side) {
    for (int x = 0; x < image.size().width; x += cell_side) {
      const vk::ClearAttachment colour{
          .aspectMask = vk::ImageAspectFlagBits::eColor,
          .clearValue = clear_to(cell_colour(x / cell_side, y / cell_side, frame))};
      commands_.clearAttachments(colour, cell_at(x, y, image.size()));
    }
  }
  commands_.endRendering();
}

UniqueFd CellDrawer::submit() {
  const std::uint64_t value = timeline_.next();
  const vk::CommandBufferSubmitInfo buffer{.commandBuffer = *commands_};
  std::vector<vk::SemaphoreSubmitInfo> signals{timeline_.signal(value)};
  if (fence_) signals.push_back(fence_->signal());
  timeline_.gpu().queue().submit2(
      vk::SubmitInfo2{.commandBufferInfoCount = 1,
                      .pCommandBufferInfos = &buffer,
                      .signalSemaphoreInfoCount = static_cast<std::uint32_t>(signals.size()),
                      .pSignalSemaphoreInfos = signals.data()});
  timeline_.submitted(value);
  if (fence_) return fence_->take();
  timeline_.wait(value);
  return {};
}

void CellDrawer::check(Size size, int frame) const {
  timeline_.wait_for_all();
  std::vector<Pixel> row(static_cast<std::size_t>(size.width));
  for (int y = 0; y < size.height; ++y) {
    Cells{size, frame}.draw_row(y, row);
    const auto line = copy_->bytes().subspan(static_cast<std::size_t>(y) * row.size() * 4);
    for (std::size_t x = 0; x < row.size(); ++x) {
      Pixel drawn = 0;
      std::memcpy(&drawn, &line[x * 4], sizeof drawn);
      if ((drawn & 0xffffff) == row[x]) continue;
      throw std::runtime_error{fmt::format("Vulkan has drawn {:06x} at {},{}, not {:06x}",
                                           drawn & 0xffffff, x, y, row[x])};
    }
  }
}

}  // namespace drmshow
