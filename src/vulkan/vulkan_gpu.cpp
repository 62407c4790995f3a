#include "vulkan/vulkan_gpu.hpp"

#include "render/vulkan/display_nodes.hpp"
#include "render/vulkan/gpu_error.hpp"
#include "render/vulkan/pixel_format.hpp"

namespace drmshow {

VulkanGpu::Impl::Impl(const Device& display, const VulkanWishes& wishes)
    : gpu{display_nodes(display), wishes}, timeline{gpu}, images{timeline, &display} {}

// For what others have submitted, too.
VulkanGpu::Impl::~Impl() {
  try {
    gpu.device().waitIdle();
  } catch (const vk::SystemError& lost) {
    static_cast<void>(lost);  // it is at work on nothing any more
  }
}

VulkanGpu::VulkanGpu(const Device& display, const VulkanWishes& wishes)
    : impl_{std::make_unique<Impl>(display, wishes)} {}
VulkanGpu::~VulkanGpu() = default;
VulkanGpu::VulkanGpu(VulkanGpu&&) noexcept = default;

const std::string& VulkanGpu::name() const {
  return impl_->gpu.traits().name;
}
const std::string& VulkanGpu::reason() const {
  return impl_->gpu.reason();
}
VkInstance VulkanGpu::instance() const {
  return *impl_->gpu.instance();
}
VkPhysicalDevice VulkanGpu::physical_device() const {
  return *impl_->gpu.physical();
}
VkDevice VulkanGpu::device() const {
  return *impl_->gpu.device();
}
VkQueue VulkanGpu::queue() const {
  return *impl_->gpu.queue();
}
std::uint32_t VulkanGpu::queue_family() const {
  return impl_->gpu.family();
}
PFN_vkGetInstanceProcAddr VulkanGpu::get_instance_proc_addr() const {
  return impl_->gpu.instance().getDispatcher()->vkGetInstanceProcAddr;
}
ImageSource& VulkanGpu::images() {
  return impl_->images;
}
void VulkanGpu::wait_idle() const {
  gpu_call("cannot wait for the GPU", [this] { impl_->gpu.device().waitIdle(); });
}

VkFormat vulkan_format(Format format) {
  const PixelFormat* const found = find_pixel_format(format);
  return static_cast<VkFormat>(found ? found->vulkan : vk::Format::eUndefined);
}

}  // namespace drmshow
