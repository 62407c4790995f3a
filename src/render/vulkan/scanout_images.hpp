// Images for a Presenter that Vulkan draws into.
#pragma once

#include "drm-show/device.hpp"
#include "drm-show/scanout_image.hpp"
#include "render/vulkan/gpu_timeline.hpp"

namespace drmshow {

class VulkanImages final : public ImageSource {
 public:
  /// Both must outlive it and its images. `display`: whose own memory may be drawn into; nullptr
  /// if there is none (in a window).
  VulkanImages(GpuTimeline& timeline, const Device* display)
      : timeline_{timeline}, display_{display} {}

  std::vector<ImageWay> ways(const ScanoutWish& wish) override;
  /// A VulkanImage.
  std::unique_ptr<ScanoutImage> make(const ImageWay& way, Size size) override;

 private:
  GpuTimeline& timeline_;
  const Device* display_;
};

}  // namespace drmshow
