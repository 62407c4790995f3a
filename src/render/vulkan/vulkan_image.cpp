#include "render/vulkan/vulkan_image.hpp"

#include <utility>

#include "drm/gem_handles.hpp"
#include "render/vulkan/gpu_error.hpp"
#include "render/vulkan/pixel_format.hpp"

namespace drmshow {
namespace {

constexpr vk::ImageSubresourceRange all_of_it{
    .aspectMask = vk::ImageAspectFlagBits::eColor, .levelCount = 1, .layerCount = 1};

vk::raii::ImageView view_of(const Gpu& gpu, vk::Image image, vk::Format format) {
  return {gpu.device(), vk::ImageViewCreateInfo{.image = image,
                                                .viewType = vk::ImageViewType::e2D,
                                                .format = format,
                                                .subresourceRange = all_of_it}};
}

}  // namespace

VulkanImage::VulkanImage(GpuTimeline& timeline, const Device* display, const ImageWay& way,
                         Size size)
    : timeline_{timeline},
      rung_{way.rung},
      format_{pixel_format_of(way).vulkan},
      gpu_part_{gpu_call("cannot make an image that can be shown",
                         [&] { return make(timeline.gpu(), display, way, size); })} {}

VulkanImage::~VulkanImage() {
  timeline_.retire(std::move(gpu_part_));
}

VulkanImage::GpuPart VulkanImage::make(const Gpu& gpu, const Device* display, const ImageWay& way,
                                       Size size) {
  SharedImage shared = way.rung == ImageRung::display ? import(gpu, *display, way, size)
                                                      : export_own(gpu, way, size);
  vk::raii::ImageView view = view_of(gpu, *shared.image, format_);
  return {std::move(shared), std::move(view)};
}

SharedImage VulkanImage::export_own(const Gpu& gpu, const ImageWay& way, Size size) {
  SharedImage shared = make_exported(gpu, way, size);
  dmabuf_ = export_memory(gpu, shared);
  layout_ = exported_layout(gpu, shared, way, size, dmabuf_.get());
  return shared;
}

SharedImage VulkanImage::import(const Gpu& gpu, const Device& display, const ImageWay& way,
                                Size size) {
  buffer_.emplace(display, size, pixel_format_of(way).bits);
  layout_.size = size;
  layout_.format = way.format;
  layout_.planes[0] = {.handle = buffer_->handle(), .pitch = buffer_->pitch()};
  return make_imported(gpu, *buffer_, share_buffer(display, *buffer_), format_);
}

}  // namespace drmshow
