#include "render/vulkan/memory.hpp"

#include <optional>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

using Flags = vk::MemoryPropertyFlags;
using Flag = vk::MemoryPropertyFlagBits;

std::optional<std::uint32_t> type_with(const vk::PhysicalDeviceMemoryProperties& memory,
                                       std::uint32_t allowed, Flags flags) {
  for (std::uint32_t i = 0; i < memory.memoryTypeCount; ++i) {
    const bool fits = (memory.memoryTypes[i].propertyFlags & flags) == flags;
    if ((allowed >> i & 1) != 0 && fits) return i;
  }
  return std::nullopt;
}

vk::raii::DeviceMemory allocate(const Gpu& gpu, const vk::MemoryRequirements& needs,
                                MemoryUse use) {
  return {gpu.device(),
          vk::MemoryAllocateInfo{.allocationSize = needs.size,
                                 .memoryTypeIndex = memory_type(gpu, needs.memoryTypeBits, use)}};
}

vk::ImageCreateInfo create_info(const ImageWish& wish) {
  return {.imageType = vk::ImageType::e2D,
          .format = wish.format,
          .extent = {static_cast<std::uint32_t>(wish.size.width),
                     static_cast<std::uint32_t>(wish.size.height), 1},
          .mipLevels = wish.mip_levels,
          .arrayLayers = 1,
          .samples = wish.samples,
          .tiling = vk::ImageTiling::eOptimal,
          .usage = wish.usage,
          .initialLayout = vk::ImageLayout::eUndefined};
}

vk::raii::DeviceMemory bind_new_memory(const Gpu& gpu, const vk::raii::Image& image) {
  auto memory = allocate(gpu, image.getMemoryRequirements(), MemoryUse::device);
  image.bindMemory(*memory, 0);
  return memory;
}

}  // namespace

std::uint32_t memory_type(const Gpu& gpu, std::uint32_t allowed, MemoryUse use) {
  const auto memory = gpu.physical().getMemoryProperties();
  const Flags visible = Flag::eHostVisible | Flag::eHostCoherent;
  const Flags wanted[] = {Flag::eDeviceLocal, visible, visible | Flag::eHostCached};
  const Flags needed[] = {Flags{}, visible, visible};
  const auto index = static_cast<std::size_t>(use);
  if (const auto best = type_with(memory, allowed, wanted[index])) return *best;
  if (const auto any = type_with(memory, allowed, needed[index])) return *any;
  throw Error{Failure::gpu, gpu.traits().name + " has no memory of the kind that is needed"};
}

GpuBuffer::GpuBuffer(const Gpu& gpu, vk::DeviceSize bytes, vk::BufferUsageFlags usage,
                     MemoryUse use)
    : buffer_{gpu.device(), vk::BufferCreateInfo{.size = bytes, .usage = usage}},
      memory_{allocate(gpu, buffer_.getMemoryRequirements(), use)} {
  buffer_.bindMemory(*memory_, 0);
  if (use == MemoryUse::device) return;
  mapped_ = {static_cast<std::byte*>(memory_.mapMemory(0, VK_WHOLE_SIZE)),
             static_cast<std::size_t>(bytes)};
}

GpuImage::GpuImage(const Gpu& gpu, const ImageWish& wish)
    : wish_{wish},
      image_{gpu.device(), create_info(wish)},
      memory_{bind_new_memory(gpu, image_)},
      view_{gpu.device(),
            vk::ImageViewCreateInfo{.image = *image_,
                                    .viewType = vk::ImageViewType::e2D,
                                    .format = wish.format,
                                    .subresourceRange = {.aspectMask = aspect_of(wish.format),
                                                         .levelCount = wish.mip_levels,
                                                         .layerCount = 1}}} {}

vk::ImageAspectFlags aspect_of(vk::Format format) {
  const bool depth = format == vk::Format::eD16Unorm || format == vk::Format::eD32Sfloat ||
                     format == vk::Format::eX8D24UnormPack32;
  return depth ? vk::ImageAspectFlagBits::eDepth : vk::ImageAspectFlagBits::eColor;
}

}  // namespace drmshow
