// What is behind the library's VulkanGpu.
#pragma once

#include "drm-show/vulkan.hpp"
#include "render/vulkan/gpu_timeline.hpp"
#include "render/vulkan/scanout_images.hpp"

namespace drmshow {

class VulkanGpu::Impl {
 public:
  Impl(const Device& display, const VulkanWishes& wishes);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Gpu gpu;
  GpuTimeline timeline;
  VulkanImages images;
};

}  // namespace drmshow
