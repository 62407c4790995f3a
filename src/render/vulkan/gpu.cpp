#include "render/vulkan/gpu.hpp"

#include <algorithm>
#include <stdexcept>

#include <unistd.h>

#include "base/signals_blocked.hpp"
#include "render/vulkan/gpu_error.hpp"
#include "render/vulkan/gpu_infos.hpp"

namespace drmshow {
namespace {

constexpr const char* without_vulkan =
    "Install it (Debian: libvulkan1), or draw with --render cpu.";

vk::raii::Context load_vulkan() {
  try {
    return vk::raii::Context{};
  } catch (const std::runtime_error&) {
    throw Error{Failure::gpu, "cannot load libvulkan.so.1", without_vulkan};
  }
}

vk::raii::Instance make_instance(const vk::raii::Context& context) {
  if (context.enumerateInstanceVersion() < VK_API_VERSION_1_3) {
    throw Error{Failure::gpu, "libvulkan is too old: Vulkan 1.3 is needed", without_vulkan};
  }
  const vk::ApplicationInfo application{.pApplicationName = "drm-show",
                                        .apiVersion = VK_API_VERSION_1_3};
  const SignalsBlocked blocked{signals_of_others()};  // in threads of layers
  try {
    return {context, vk::InstanceCreateInfo{.pApplicationInfo = &application}};
  } catch (const vk::IncompatibleDriverError&) {
    throw Error{Failure::gpu, "Vulkan finds no driver",
                "Install the GPU's Vulkan driver (Debian: mesa-vulkan-drivers), or draw with "
                "--render cpu."};
  } catch (const vk::SystemError& error) {
    throw_gpu_error("cannot start Vulkan", error);
  }
}

// Sharing images: all or nothing.
constexpr const char* dmabuf_extensions[] = {VK_KHR_EXTERNAL_MEMORY_FD_EXTENSION_NAME,
                                             VK_EXT_EXTERNAL_MEMORY_DMA_BUF_EXTENSION_NAME};

// lavapipe (Mesa 25.0) makes its sync files of memory from udmabuf, and aborts without it.
bool makes_sync_files(const GpuTraits& traits) {
  return !traits.software || ::access("/dev/udmabuf", R_OK | W_OK) == 0;
}

vk::ExternalSemaphoreProperties sync_file_support(const vk::raii::PhysicalDevice& device) {
  return device.getExternalSemaphoreProperties(vk::PhysicalDeviceExternalSemaphoreInfo{
      .handleType = vk::ExternalSemaphoreHandleTypeFlagBits::eSyncFd});
}

// What the user wants, and what we need.
class WishedFeatures {
 public:
  explicit WishedFeatures(const VulkanWishes& wishes)
      : base_{{}, nullptr, wishes.features},
        features11_{wishes.features11},
        features12_{wishes.features12},
        features13_{wishes.features13} {
    features12_.timelineSemaphore = true;
    features13_.synchronization2 = true;
    features13_.dynamicRendering = true;
    void* next = wishes.next;
    next = link(features13_, VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES, next);
    next = link(features12_, VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES, next);
    next = link(features11_, VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_FEATURES, next);
    link(base_, VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2, next);
  }
  WishedFeatures(const WishedFeatures&) = delete;
  WishedFeatures& operator=(const WishedFeatures&) = delete;

  VkPhysicalDeviceFeatures& base() { return base_.features; }
  const void* chain() const { return &base_; }

 private:
  template <class Features>
  static void* link(Features& features, VkStructureType type, void* next) {
    features.sType = type;
    features.pNext = next;
    return &features;
  }

  VkPhysicalDeviceFeatures2 base_;
  VkPhysicalDeviceVulkan11Features features11_;
  VkPhysicalDeviceVulkan12Features features12_;
  VkPhysicalDeviceVulkan13Features features13_;
};

}  // namespace

Gpu::Gpu(const DisplayNodes& display, const VulkanWishes& wishes)
    : context_{load_vulkan()},
      instance_{make_instance(context_)},
      physical_{choose(display, wishes.gpu)},
      limits_{physical_.getProperties().limits},
      family_{graphics_family(physical_).value()},
      device_{make_device(wishes)},
      queue_{device_, family_, 0} {}

vk::raii::PhysicalDevice Gpu::choose(const DisplayNodes& display, std::string_view wish) {
  return gpu_call("cannot list GPUs", [&] {
    vk::raii::PhysicalDevices devices{instance_};
    std::vector<GpuInfo> infos;
    for (const auto& device : devices) infos.push_back(info_of(device));
    const GpuChoice choice = choose_gpu(infos, display, wish);
    const GpuInfo& info = infos[choice.index];
    traits_.name = info.name;
    traits_.driver = info.driver;
    traits_.software = info.kind == GpuKind::software;
    traits_.displays_own = choice.is_displays_own;
    reason_ = choice.reason;
    return std::move(devices[choice.index]);
  });
}

// All that is there of what we have a use for.
std::vector<const char*> Gpu::take_extensions() {
  const ExtensionNames offered = extensions_of(physical_);
  std::vector<const char*> wanted;
  const auto want = [&](const char* name) {
    const bool there = offered.contains(name);
    if (there) wanted.push_back(name);
    return there;
  };
  traits_.dmabufs =
      offered.contains(dmabuf_extensions[0]) && offered.contains(dmabuf_extensions[1]);
  if (traits_.dmabufs) wanted.assign(std::begin(dmabuf_extensions), std::end(dmabuf_extensions));
  traits_.modifiers = traits_.dmabufs && want(VK_EXT_IMAGE_DRM_FORMAT_MODIFIER_EXTENSION_NAME);
  traits_.foreign_queues = want(VK_EXT_QUEUE_FAMILY_FOREIGN_EXTENSION_NAME);
  if (makes_sync_files(traits_) && want(VK_KHR_EXTERNAL_SEMAPHORE_FD_EXTENSION_NAME)) {
    const auto features = sync_file_support(physical_).externalSemaphoreFeatures;
    traits_.exports_fences = !!(features & vk::ExternalSemaphoreFeatureFlagBits::eExportable);
    traits_.imports_fences = !!(features & vk::ExternalSemaphoreFeatureFlagBits::eImportable);
  }
  return wanted;
}

vk::raii::Device Gpu::make_device(const VulkanWishes& wishes) {
  std::vector<const char*> extensions = take_extensions();
  for (const std::string& name : wishes.extensions) {
    if (std::ranges::find(extensions, name) == extensions.end()) extensions.push_back(name.c_str());
  }
  const auto has = physical_.getFeatures();
  traits_.anisotropy = has.samplerAnisotropy;
  WishedFeatures features{wishes};
  features.base().samplerAnisotropy |= has.samplerAnisotropy;
  features.base().fullDrawIndexUint32 |= has.fullDrawIndexUint32;

  const float priority = 1;
  const vk::DeviceQueueCreateInfo queue{
      .queueFamilyIndex = family_, .queueCount = 1, .pQueuePriorities = &priority};
  const SignalsBlocked blocked{signals_of_others()};  // in threads of the driver
  return gpu_call("cannot open " + traits_.name, [&] {
    return vk::raii::Device{
        physical_,
        vk::DeviceCreateInfo{.pNext = features.chain(),
                             .queueCreateInfoCount = 1,
                             .pQueueCreateInfos = &queue,
                             .enabledExtensionCount = static_cast<std::uint32_t>(extensions.size()),
                             .ppEnabledExtensionNames = extensions.data()}};
  });
}

}  // namespace drmshow
