// Buffers and images with memory of their own, for what stays inside the GPU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "drm-show/geometry.hpp"
#include "render/vulkan/gpu.hpp"

namespace drmshow {

enum class MemoryUse {
  device,    ///< the GPU's own
  upload,    ///< written by the CPU, read by the GPU; mapped and coherent
  readback,  ///< written by the GPU, read by the CPU: cached where that can be; mapped and coherent
};

/// The type of memory to take of those in `allowed` (VkMemoryRequirements::memoryTypeBits). Throws
/// Error (gpu) if there is none.
std::uint32_t memory_type(const Gpu& gpu, std::uint32_t allowed, MemoryUse use);

class GpuBuffer {
 public:
  GpuBuffer(const Gpu& gpu, vk::DeviceSize bytes, vk::BufferUsageFlags usage, MemoryUse use);

  vk::Buffer get() const { return *buffer_; }
  /// What the CPU sees of it; empty for MemoryUse::device.
  std::span<std::byte> bytes() const { return mapped_; }

 private:
  vk::raii::Buffer buffer_;
  vk::raii::DeviceMemory memory_;
  std::span<std::byte> mapped_;
};

struct ImageWish {
  Size size;
  vk::Format format = vk::Format::eB8G8R8A8Unorm;
  vk::ImageUsageFlags usage;
  std::uint32_t mip_levels = 1;
  vk::SampleCountFlagBits samples = vk::SampleCountFlagBits::e1;
};

/// A two-dimensional image with optimal tiling, and a view of all of it.
class GpuImage {
 public:
  GpuImage(const Gpu& gpu, const ImageWish& wish);

  vk::Image get() const { return *image_; }
  vk::ImageView view() const { return *view_; }
  const ImageWish& wish() const { return wish_; }

 private:
  ImageWish wish_;
  vk::raii::Image image_;
  vk::raii::DeviceMemory memory_;
  vk::raii::ImageView view_;
};

/// Color, or depth for formats that have it.
vk::ImageAspectFlags aspect_of(vk::Format format);

}  // namespace drmshow
