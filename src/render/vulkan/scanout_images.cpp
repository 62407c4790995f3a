#include "render/vulkan/scanout_images.hpp"

#include "render/vulkan/gpu_image_formats.hpp"
#include "render/vulkan/image_ladder.hpp"
#include "render/vulkan/vulkan_image.hpp"

namespace drmshow {

std::vector<ImageWay> VulkanImages::ways(const ScanoutWish& wish) {
  auto ways = image_ways(wish, gpu_image_formats(timeline_.gpu(), wish.size));
  if (!display_) {
    std::erase_if(ways, [](const ImageWay& way) { return way.rung == ImageRung::display; });
  }
  return ways;
}

std::unique_ptr<ScanoutImage> VulkanImages::make(const ImageWay& way, Size size) {
  timeline_.collect();  // images that are not shown any more make room for new ones
  return std::make_unique<VulkanImage>(timeline_, display_, way, size);
}

}  // namespace drmshow
