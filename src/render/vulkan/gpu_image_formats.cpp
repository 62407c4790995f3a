#include "render/vulkan/gpu_image_formats.hpp"

#include "drm/modifier_rank.hpp"
#include "render/vulkan/pixel_format.hpp"
#include "render/vulkan/shared_image.hpp"

namespace drmshow {
namespace {

using Sharing = vk::ExternalMemoryFeatureFlags;
constexpr auto exportable = vk::ExternalMemoryFeatureFlagBits::eExportable;
constexpr auto importable = vk::ExternalMemoryFeatureFlagBits::eImportable;

/// The most that a framebuffer has (DRM_FORMAT_MAX_PLANES).
constexpr std::size_t most_planes = 4;

bool fits(Size size, vk::Extent3D most) {
  return static_cast<std::uint32_t>(size.width) <= most.width &&
         static_cast<std::uint32_t>(size.height) <= most.height;
}

/// How an image that the GPU draws into can be shared as a dmabuf; not at all if there can be no
/// such image. `how`: the structure that says which modifier; nullptr for linear tiling.
Sharing sharing_of(const Gpu& gpu, vk::Format format, Size size, const void* how) {
  const vk::PhysicalDeviceExternalImageFormatInfo external{
      .pNext = how, .handleType = vk::ExternalMemoryHandleTypeFlagBits::eDmaBufEXT};
  const vk::PhysicalDeviceImageFormatInfo2 wanted{
      .pNext = &external,
      .format = format,
      .type = vk::ImageType::e2D,
      .tiling = how ? vk::ImageTiling::eDrmFormatModifierEXT : vk::ImageTiling::eLinear,
      .usage = scanout_usage};
  vk::ExternalImageFormatProperties shared;
  vk::ImageFormatProperties2 found{.pNext = &shared};
  const auto result =
      (*gpu.physical()).getImageFormatProperties2(&wanted, &found, *gpu.physical().getDispatcher());
  if (result != vk::Result::eSuccess || !fits(size, found.imageFormatProperties.maxExtent)) {
    return {};
  }
  return shared.externalMemoryProperties.externalMemoryFeatures;
}

Sharing sharing_with(const Gpu& gpu, vk::Format format, Size size, Modifier modifier) {
  const vk::PhysicalDeviceImageDrmFormatModifierInfoEXT how{
      .drmFormatModifier = modifier.value(), .sharingMode = vk::SharingMode::eExclusive};
  return sharing_of(gpu, format, size, &how);
}

void note_lines(GpuFormat& format, Sharing sharing) {
  format.shares_lines = !!(sharing & exportable);
  format.takes_lines = !!(sharing & importable);
}

void ask_with_modifiers(const Gpu& gpu, vk::Format vulkan, Size size, GpuFormat& format) {
  for (const auto& [modifier, planes] : drawn_modifiers(gpu, vulkan)) {
    if (planes > most_planes) continue;
    const Sharing sharing = sharing_with(gpu, vulkan, size, modifier);
    if (sharing & exportable) format.modifiers.push_back(modifier);
    if (modifier == modifiers::linear) note_lines(format, sharing);
  }
}

bool draws(const Gpu& gpu, vk::FormatFeatureFlags vk::FormatProperties::*tiling,
           vk::Format format) {
  const vk::FormatProperties properties = gpu.physical().getFormatProperties(format);
  return !!(properties.*tiling & vk::FormatFeatureFlagBits::eColorAttachment);
}

}  // namespace

std::vector<GpuModifier> drawn_modifiers(const Gpu& gpu, vk::Format format) {
  vk::DrmFormatModifierPropertiesListEXT list;
  vk::FormatProperties2 properties{.pNext = &list};
  const auto ask = [&] {
    (*gpu.physical()).getFormatProperties2(format, &properties, *gpu.physical().getDispatcher());
  };
  ask();  // how many, then which
  std::vector<vk::DrmFormatModifierPropertiesEXT> all(list.drmFormatModifierCount);
  list.pDrmFormatModifierProperties = all.data();
  ask();
  all.resize(list.drmFormatModifierCount);
  std::vector<GpuModifier> drawn;
  for (const auto& one : all) {
    if (!(one.drmFormatModifierTilingFeatures & vk::FormatFeatureFlagBits::eColorAttachment)) {
      continue;
    }
    drawn.push_back({Modifier{one.drmFormatModifier}, one.drmFormatModifierPlaneCount});
  }
  return drawn;
}

GpuImageFormats gpu_image_formats(const Gpu& gpu, Size size) {
  GpuImageFormats formats;
  for (const PixelFormat& known : pixel_formats()) {
    if (!draws(gpu, &vk::FormatProperties::optimalTilingFeatures, known.vulkan)) continue;
    GpuFormat format{known.drm, {}};
    if (gpu.traits().modifiers) {
      ask_with_modifiers(gpu, known.vulkan, size, format);
    } else if (gpu.traits().dmabufs &&
               draws(gpu, &vk::FormatProperties::linearTilingFeatures, known.vulkan)) {
      note_lines(format, sharing_of(gpu, known.vulkan, size, nullptr));
    }
    formats.push_back(std::move(format));
  }
  return formats;
}

}  // namespace drmshow
