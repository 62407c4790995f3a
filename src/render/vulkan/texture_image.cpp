#include "render/vulkan/texture_image.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace drmshow {
namespace {

using Stage = vk::PipelineStageFlagBits2;
using Access = vk::AccessFlagBits2;
using Layout = vk::ImageLayout;

// Every GPU can sample it with filters and blit it (Vulkan specification, required format support).
constexpr auto kTextureFormat = vk::Format::eB8G8R8A8Srgb;

std::uint32_t mip_levels(Size size) {
  const auto longest = static_cast<std::uint32_t>(std::max(size.width, size.height));
  return static_cast<std::uint32_t>(std::bit_width(longest));
}

struct Use {
  vk::PipelineStageFlags2 stage;
  vk::AccessFlags2 access;
  Layout layout;
};
constexpr Use kNone{Stage::eNone, {}, Layout::eUndefined};
constexpr Use kWritten{Stage::eAllTransfer, Access::eTransferWrite, Layout::eTransferDstOptimal};
constexpr Use kRead{Stage::eAllTransfer, Access::eTransferRead, Layout::eTransferSrcOptimal};
constexpr Use kSampled{Stage::eFragmentShader, Access::eShaderSampledRead,
                       Layout::eShaderReadOnlyOptimal};

void change_use(const vk::raii::CommandBuffer& commands, vk::Image image, std::uint32_t first_level,
                std::uint32_t levels, const Use& before, const Use& after) {
  const vk::ImageMemoryBarrier2 barrier{
      .srcStageMask = before.stage,
      .srcAccessMask = before.access,
      .dstStageMask = after.stage,
      .dstAccessMask = after.access,
      .oldLayout = before.layout,
      .newLayout = after.layout,
      .srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
      .dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
      .image = image,
      .subresourceRange = {.aspectMask = vk::ImageAspectFlagBits::eColor,
                           .baseMipLevel = first_level,
                           .levelCount = levels,
                           .layerCount = 1}};
  commands.pipelineBarrier2({.imageMemoryBarrierCount = 1, .pImageMemoryBarriers = &barrier});
}

vk::ImageSubresourceLayers level_of(std::uint32_t level) {
  return {.aspectMask = vk::ImageAspectFlagBits::eColor, .mipLevel = level, .layerCount = 1};
}

void copy_rows(const Texture& texture, vk::Image to, int first, int count, Staging& staging) {
  const std::size_t row_bytes = static_cast<std::size_t>(texture.size.width) * sizeof(Argb);
  const std::size_t bytes = row_bytes * static_cast<std::size_t>(count);
  staging.pass(
      bytes,
      [&](std::span<std::byte> room) {
        const std::size_t from =
            static_cast<std::size_t>(first) * static_cast<std::size_t>(texture.size.width);
        std::memcpy(room.data(), &texture.pixels[from], bytes);
      },
      [&](const vk::raii::CommandBuffer& commands, vk::Buffer from) {
        // One piece waits for those before it only for form's sake: it writes other rows.
        change_use(commands, to, 0, 1, first == 0 ? kNone : kWritten, kWritten);
        const vk::BufferImageCopy region{
            .imageSubresource = level_of(0),
            .imageOffset = {0, first, 0},
            .imageExtent = {static_cast<std::uint32_t>(texture.size.width),
                            static_cast<std::uint32_t>(count), 1}};
        commands.copyBufferToImage(from, to, Layout::eTransferDstOptimal, region);
      });
}

// Each level out of the one before it.
void make_levels(const vk::raii::CommandBuffer& commands, const GpuImage& image) {
  const auto& wish = image.wish();
  const auto corner = [&](std::uint32_t level) {
    return vk::Offset3D{std::max(1, wish.size.width >> level),
                        std::max(1, wish.size.height >> level), 1};
  };
  for (std::uint32_t level = 1; level < wish.mip_levels; ++level) {
    change_use(commands, image.get(), level - 1, 1, kWritten, kRead);
    change_use(commands, image.get(), level, 1, kNone, kWritten);
    const vk::ImageBlit region{.srcSubresource = level_of(level - 1),
                               .srcOffsets = {{vk::Offset3D{}, corner(level - 1)}},
                               .dstSubresource = level_of(level),
                               .dstOffsets = {{vk::Offset3D{}, corner(level)}}};
    commands.blitImage(image.get(), Layout::eTransferSrcOptimal, image.get(),
                       Layout::eTransferDstOptimal, region, vk::Filter::eLinear);
  }
  const std::uint32_t last = wish.mip_levels - 1;
  if (last > 0) change_use(commands, image.get(), 0, last, kRead, kSampled);
  change_use(commands, image.get(), last, 1, kWritten, kSampled);
}

}  // namespace

GpuImage make_texture_image(const Gpu& gpu, const Texture& texture, Staging& staging) {
  using Usage = vk::ImageUsageFlagBits;
  GpuImage image{gpu,
                 ImageWish{.size = texture.size,
                           .format = kTextureFormat,
                           .usage = Usage::eSampled | Usage::eTransferDst | Usage::eTransferSrc,
                           .mip_levels = mip_levels(texture.size)}};
  const int most = static_cast<int>(Staging::size() / sizeof(Argb)) / texture.size.width;
  for (int row = 0; row < texture.size.height; row += most)
    copy_rows(texture, image.get(), row, std::min(most, texture.size.height - row), staging);
  run_once(gpu, [&](const auto& commands) { make_levels(commands, image); });
  return image;
}

}  // namespace drmshow
