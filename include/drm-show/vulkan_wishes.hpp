// Which GPU is wanted, and what it is to have.
#pragma once

#include <string>
#include <vector>

#include <vulkan/vulkan_core.h>

namespace drmshow {

/// What a GPU is to have besides what we need of it ourselves: Vulkan 1.3 with timeline semaphores,
/// synchronization2 and dynamic rendering, all of which are enabled.
struct VulkanWishes {
  /// "", "#1", "software", "radeon": see drm-show(1), --gpu.
  std::string gpu{};
  std::vector<std::string> extensions{};  ///< of the device
  VkPhysicalDeviceFeatures features{};
  // Their sType and pNext are ours to fill in.
  VkPhysicalDeviceVulkan11Features features11{};
  VkPhysicalDeviceVulkan12Features features12{};
  VkPhysicalDeviceVulkan13Features features13{};
  /// For a VkDeviceCreateInfo: features of extensions. Borrowed while the GPU is opened.
  void* next = nullptr;
};

}  // namespace drmshow
