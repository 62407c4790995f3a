// An image that Vulkan draws into and a display shows.
#pragma once

#include <optional>

#include "drm-show/dumb_buffer.hpp"
#include "drm-show/fd.hpp"
#include "drm-show/scanout_image.hpp"
#include "render/vulkan/gpu_timeline.hpp"
#include "render/vulkan/shared_image.hpp"

namespace drmshow {

/// When it ends, what the GPU has of it stays until the GPU is done with it.
class VulkanImage final : public ScanoutImage {
 public:
  /// `way`: any but ImageRung::copy, and ImageRung::display only with a `display`. Both must
  /// outlive it. Throws Error: this way does not work here.
  VulkanImage(GpuTimeline& timeline, const Device* display, const ImageWay& way, Size size);
  VulkanImage(const VulkanImage&) = delete;
  VulkanImage& operator=(const VulkanImage&) = delete;
  ~VulkanImage() override;

  const ImageLayout& layout() const override { return layout_; }
  ImageRung rung() const { return rung_; }
  vk::Image image() const { return *gpu_part_.shared.image; }
  vk::ImageView view() const { return *gpu_part_.view; }
  vk::Format format() const { return format_; }
  Size size() const { return layout_.size; }

 private:
  /// What the GPU may be at work on: retired with the timeline.
  struct GpuPart {
    SharedImage shared;
    vk::raii::ImageView view;
  };

  GpuPart make(const Gpu& gpu, const Device* display, const ImageWay& way, Size size);
  SharedImage import(const Gpu& gpu, const Device& display, const ImageWay& way, Size size);
  SharedImage export_own(const Gpu& gpu, const ImageWay& way, Size size);

  GpuTimeline& timeline_;
  ImageRung rung_;
  vk::Format format_;
  std::optional<DumbBuffer> buffer_;  // set by import(): the display's memory
  UniqueFd dmabuf_;                   // set by export_own(): what layout_ borrows
  ImageLayout layout_;                // set by either
  GpuPart gpu_part_;
};

}  // namespace drmshow
