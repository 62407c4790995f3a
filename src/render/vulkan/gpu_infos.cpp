#include "render/vulkan/gpu_infos.hpp"

namespace drmshow {
namespace {

GpuKind kind_of(vk::PhysicalDeviceType type) {
  switch (type) {
    case vk::PhysicalDeviceType::eIntegratedGpu:
      return GpuKind::integrated;
    case vk::PhysicalDeviceType::eDiscreteGpu:
      return GpuKind::discrete;
    case vk::PhysicalDeviceType::eVirtualGpu:
      return GpuKind::virtual_gpu;
    case vk::PhysicalDeviceType::eCpu:
      return GpuKind::software;
    default:
      return GpuKind::other;
  }
}

std::string what_lacks(const vk::raii::PhysicalDevice& device) {
  if (device.getProperties().apiVersion < VK_API_VERSION_1_3) return "Vulkan 1.3";
  if (!graphics_family(device)) return "a queue for graphics";
  return {};
}

}  // namespace

ExtensionNames extensions_of(const vk::raii::PhysicalDevice& device) {
  ExtensionNames names;
  for (const auto& extension : device.enumerateDeviceExtensionProperties()) {
    names.insert(extension.extensionName.data());
  }
  return names;
}

std::optional<std::uint32_t> graphics_family(const vk::raii::PhysicalDevice& device) {
  const auto families = device.getQueueFamilyProperties();
  for (std::uint32_t i = 0; i < families.size(); ++i) {
    if (families[i].queueFlags & vk::QueueFlagBits::eGraphics) return i;
  }
  return std::nullopt;
}

GpuInfo info_of(const vk::raii::PhysicalDevice& device) {
  const auto chain =
      device.getProperties2<vk::PhysicalDeviceProperties2, vk::PhysicalDeviceDriverProperties>();
  const auto& properties = chain.get<vk::PhysicalDeviceProperties2>().properties;
  GpuInfo info;
  info.name = properties.deviceName.data();
  info.driver = chain.get<vk::PhysicalDeviceDriverProperties>().driverName.data();
  info.kind = kind_of(properties.deviceType);
  info.lacks = what_lacks(device);
  if (!extensions_of(device).contains(VK_EXT_PHYSICAL_DEVICE_DRM_EXTENSION_NAME)) return info;
  const auto drm =
      device.getProperties2<vk::PhysicalDeviceProperties2, vk::PhysicalDeviceDrmPropertiesEXT>()
          .get<vk::PhysicalDeviceDrmPropertiesEXT>();
  if (drm.hasPrimary) info.primary = NodeNumber{drm.primaryMajor, drm.primaryMinor};
  if (drm.hasRender) info.render = NodeNumber{drm.renderMajor, drm.renderMinor};
  return info;
}

}  // namespace drmshow
