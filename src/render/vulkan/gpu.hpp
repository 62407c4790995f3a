// A GPU, ready to draw: Vulkan's instance, device and queue.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "drm-show/vulkan_wishes.hpp"
#include "render/vulkan/gpu_choice.hpp"
#include "render/vulkan/vulkan.hpp"

namespace drmshow {

/// What the chosen GPU can do besides drawing. Everything here is optional.
struct GpuTraits {
  std::string name;
  std::string driver;
  bool software = false;        ///< the processor draws
  bool displays_own = false;    ///< it is the device that drives the display
  bool dmabufs = false;         ///< memory can be shared as dmabufs
  bool modifiers = false;       ///< VK_EXT_image_drm_format_modifier
  bool exports_fences = false;  ///< semaphores as sync files
  bool imports_fences = false;  ///< sync files as semaphores
  bool foreign_queues = false;  ///< VK_EXT_queue_family_foreign
  bool anisotropy = false;      ///< samplerAnisotropy is enabled
};

class Gpu {
 public:
  /// `wishes.gpu`: see choose_gpu(). Throws Error (gpu): no Vulkan, no such GPU, or it cannot do
  /// what is wished for.
  explicit Gpu(const DisplayNodes& display = {}, const VulkanWishes& wishes = {});
  Gpu(const Gpu&) = delete;
  Gpu& operator=(const Gpu&) = delete;

  const GpuTraits& traits() const { return traits_; }
  /// Why this one, for people.
  const std::string& reason() const { return reason_; }

  const vk::raii::Instance& instance() const { return instance_; }
  const vk::raii::PhysicalDevice& physical() const { return physical_; }
  const vk::raii::Device& device() const { return device_; }
  /// For graphics, compute and transfer. One thread at a time.
  const vk::raii::Queue& queue() const { return queue_; }
  std::uint32_t family() const { return family_; }
  const vk::PhysicalDeviceLimits& limits() const { return limits_; }

 private:
  vk::raii::PhysicalDevice choose(const DisplayNodes& display, std::string_view wish);
  std::vector<const char*> take_extensions();
  vk::raii::Device make_device(const VulkanWishes& wishes);

  vk::raii::Context context_;
  vk::raii::Instance instance_;
  GpuTraits traits_;    // set by choose(), take_extensions() and make_device()
  std::string reason_;  // set by choose()
  vk::raii::PhysicalDevice physical_;
  vk::PhysicalDeviceLimits limits_;
  std::uint32_t family_;
  vk::raii::Device device_;
  vk::raii::Queue queue_;
};

}  // namespace drmshow
