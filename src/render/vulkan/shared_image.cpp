#include "render/vulkan/shared_image.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "drm/modifier_rank.hpp"
#include "render/vulkan/gpu_image_formats.hpp"
#include "render/vulkan/memory.hpp"

namespace drmshow {
namespace {

constexpr auto dmabuf_type = vk::ExternalMemoryHandleTypeFlagBits::eDmaBufEXT;

// In the order of the memory planes.
constexpr vk::ImageAspectFlagBits plane_aspects[] = {
    vk::ImageAspectFlagBits::eMemoryPlane0EXT, vk::ImageAspectFlagBits::eMemoryPlane1EXT,
    vk::ImageAspectFlagBits::eMemoryPlane2EXT, vk::ImageAspectFlagBits::eMemoryPlane3EXT};

/// `how`: the structure that says which modifier; nullptr for linear tiling.
vk::raii::Image make_image(const Gpu& gpu, vk::Format format, Size size, const void* how) {
  const vk::ExternalMemoryImageCreateInfo external{.pNext = how, .handleTypes = dmabuf_type};
  return {gpu.device(), vk::ImageCreateInfo{.pNext = &external,
                                            .imageType = vk::ImageType::e2D,
                                            .format = format,
                                            .extent = {static_cast<std::uint32_t>(size.width),
                                                       static_cast<std::uint32_t>(size.height), 1},
                                            .mipLevels = 1,
                                            .arrayLayers = 1,
                                            .tiling = how ? vk::ImageTiling::eDrmFormatModifierEXT
                                                          : vk::ImageTiling::eLinear,
                                            .usage = scanout_usage,
                                            .initialLayout = vk::ImageLayout::eUndefined}};
}

vk::raii::Image image_with_modifier(const Gpu& gpu, vk::Format format, Size size,
                                    Modifier modifier) {
  const std::uint64_t value = modifier.value();
  const vk::ImageDrmFormatModifierListCreateInfoEXT only{.drmFormatModifierCount = 1,
                                                         .pDrmFormatModifiers = &value};
  return make_image(gpu, format, size, &only);
}

vk::raii::Image image_with_pitch(const Gpu& gpu, vk::Format format, Size size,
                                 std::uint32_t pitch) {
  const vk::SubresourceLayout lines{.rowPitch = pitch};
  const vk::ImageDrmFormatModifierExplicitCreateInfoEXT explicit_pitch{
      .drmFormatModifier = modifiers::linear.value(),
      .drmFormatModifierPlaneCount = 1,
      .pPlaneLayouts = &lines};
  return make_image(gpu, format, size, &explicit_pitch);
}

vk::SubresourceLayout layout_of(const vk::raii::Image& image, vk::ImageAspectFlagBits aspect) {
  return image.getSubresourceLayout({.aspectMask = aspect});
}

// Without modifiers, the GPU's own idea of lines has to be the display's.
vk::raii::Image image_of_lines(const Gpu& gpu, vk::Format format, Size size, std::uint32_t pitch) {
  if (gpu.traits().modifiers) return image_with_pitch(gpu, format, size, pitch);
  vk::raii::Image image = make_image(gpu, format, size, nullptr);
  const auto wanted = layout_of(image, vk::ImageAspectFlagBits::eColor).rowPitch;
  if (wanted == pitch) return image;
  throw Error{Failure::gpu, fmt::format("{} wants lines of {} bytes, the display has {}",
                                        gpu.traits().name, wanted, pitch)};
}

std::size_t plane_count(const Gpu& gpu, vk::Format format, Modifier modifier) {
  const auto drawn = drawn_modifiers(gpu, format);
  return std::ranges::find(drawn, modifier, &GpuModifier::modifier)->planes;
}

}  // namespace

const PixelFormat& pixel_format_of(const ImageWay& way) {
  const PixelFormat* const found = find_pixel_format(way.format);
  if (found) return *found;
  throw Error{Failure::gpu, "Vulkan has no format " + to_string(way.format)};
}

SharedImage make_exported(const Gpu& gpu, const ImageWay& way, Size size) {
  const vk::Format format = pixel_format_of(way).vulkan;
  vk::raii::Image image = gpu.traits().modifiers
                              ? image_with_modifier(gpu, format, size, way.modifier)
                              : make_image(gpu, format, size, nullptr);
  const auto needs = image.getMemoryRequirements();
  const vk::MemoryDedicatedAllocateInfo dedicated{.image = *image};
  const vk::ExportMemoryAllocateInfo exported{.pNext = &dedicated, .handleTypes = dmabuf_type};
  vk::raii::DeviceMemory memory{
      gpu.device(), vk::MemoryAllocateInfo{.pNext = &exported,
                                           .allocationSize = needs.size,
                                           .memoryTypeIndex = memory_type(gpu, needs.memoryTypeBits,
                                                                          MemoryUse::device)}};
  image.bindMemory(*memory, 0);
  return {std::move(image), std::move(memory)};
}

UniqueFd export_memory(const Gpu& gpu, const SharedImage& shared) {
  return UniqueFd{
      gpu.device().getMemoryFdKHR({.memory = *shared.memory, .handleType = dmabuf_type})};
}

ImageLayout exported_layout(const Gpu& gpu, const SharedImage& shared, const ImageWay& way,
                            Size size, int dmabuf) {
  ImageLayout layout;
  layout.size = size;
  layout.format = way.format;
  if (way.rung != ImageRung::implicit) layout.modifier = way.modifier;
  if (gpu.traits().modifiers) {
    layout.plane_count = plane_count(gpu, pixel_format_of(way).vulkan, way.modifier);
  }
  for (std::size_t i = 0; i < layout.plane_count; ++i) {
    const auto plane = layout_of(
        shared.image, gpu.traits().modifiers ? plane_aspects[i] : vk::ImageAspectFlagBits::eColor);
    layout.planes[i] = {.dmabuf = dmabuf,
                        .offset = static_cast<std::uint32_t>(plane.offset),
                        .pitch = static_cast<std::uint32_t>(plane.rowPitch)};
  }
  return layout;
}

SharedImage make_imported(const Gpu& gpu, const DumbBuffer& buffer, UniqueFd dmabuf,
                          vk::Format format) {
  vk::raii::Image image = image_of_lines(gpu, format, buffer.size(), buffer.pitch());
  const auto needs = image.getMemoryRequirements();
  if (needs.size > buffer.bytes()) {
    throw Error{Failure::gpu,
                fmt::format("{} needs {} bytes for an image, the display's memory has {}",
                            gpu.traits().name, needs.size, buffer.bytes())};
  }
  const auto types = gpu.device().getMemoryFdPropertiesKHR(dmabuf_type, dmabuf.get());
  const vk::MemoryDedicatedAllocateInfo dedicated{.image = *image};
  const vk::ImportMemoryFdInfoKHR imported{
      .pNext = &dedicated, .handleType = dmabuf_type, .fd = dmabuf.get()};
  vk::raii::DeviceMemory memory{
      gpu.device(), vk::MemoryAllocateInfo{
                        .pNext = &imported,
                        .allocationSize = needs.size,
                        .memoryTypeIndex = memory_type(
                            gpu, needs.memoryTypeBits & types.memoryTypeBits, MemoryUse::device)}};
  static_cast<void>(dmabuf.release());  // Vulkan's now; after a failure it is still ours
  image.bindMemory(*memory, 0);
  return {std::move(image), std::move(memory)};
}

}  // namespace drmshow
