// The layer's own part: its place in the chain of layers, and its settings.
#include "vulkan_faults.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "vulkan_faults_gpu.hpp"

namespace vulkan_faults {
namespace {

constexpr std::uint32_t interface_version = 2;

// Those that are called below.
constexpr const char* instance_functions[] = {"vkDestroyInstance",
                                              "vkCreateDevice",
                                              "vkEnumerateDeviceExtensionProperties",
                                              "vkGetPhysicalDeviceProperties2",
                                              "vkGetPhysicalDeviceFormatProperties2",
                                              "vkGetPhysicalDeviceImageFormatProperties2"};

std::mutex maps_mutex;
std::map<void*, InstanceBelow> instances;
std::map<void*, DeviceBelow> devices;

Range range_of(const char* name, Range otherwise) {
  const char* const text = std::getenv(name);
  if (text) std::sscanf(text, "%d:%d", &otherwise.from, &otherwise.count);
  return otherwise;
}

FenceKind fence_kind(const char* text) {
  constexpr const char* names[] = {"real", "late", "never", "failing", "signalled", "hang"};
  for (int i = 0; i < 6; ++i) {
    if (std::strncmp(text, names[i], std::strlen(names[i])) == 0) return static_cast<FenceKind>(i);
  }
  std::fprintf(stderr, "vulkan-faults: there are no fences \"%s\"\n", text);
  std::abort();
}

Settings read_settings() {
  Settings read;
  read.lost = range_of("VULKAN_LOSE", read.lost);
  read.fences_at = range_of("VULKAN_FENCES_AT", read.fences_at);
  if (const char* const text = std::getenv("VULKAN_FENCES")) {
    read.fences = fence_kind(text);
    const char* const ms = std::strchr(text, ':');
    if (ms) read.fence_ms = std::atoi(ms + 1);
  }
  if (const char* const own = std::getenv("VULKAN_OWN")) {
    std::sscanf(own, "%u:%u", &read.own.major, &read.own.minor);
  }
  read.hardware = std::getenv("VULKAN_HARDWARE") != nullptr;
  if (const char* const modifier = std::getenv("VULKAN_MODIFIER")) {
    read.modifier = std::strtoull(modifier, nullptr, 0);
  }
  return read;
}

/// The link of the loader's chain that is for this layer.
template <class Link, class Info>
Link* link_of(const Info* info, VkStructureType type) {
  auto* link = find_in_chain<Link>(info->pNext, type);
  while (link && link->function != VK_LAYER_LINK_INFO)
    link = find_in_chain<Link>(link->pNext, type);
  return link;
}

VKAPI_ATTR VkResult VKAPI_CALL create_instance(const VkInstanceCreateInfo* info,
                                               const VkAllocationCallbacks* allocator,
                                               VkInstance* instance) {
  auto* const link =
      link_of<VkLayerInstanceCreateInfo>(info, VK_STRUCTURE_TYPE_LOADER_INSTANCE_CREATE_INFO);
  const auto get = link->u.pLayerInfo->pfnNextGetInstanceProcAddr;
  link->u.pLayerInfo = link->u.pLayerInfo->pNext;
  const auto create = reinterpret_cast<PFN_vkCreateInstance>(get(nullptr, "vkCreateInstance"));
  const VkResult result = create(info, allocator, instance);
  if (result != VK_SUCCESS) return result;
  InstanceBelow below{get, *instance};
  for (const char* const name : instance_functions) below.functions[name] = get(*instance, name);
  const std::lock_guard lock{maps_mutex};
  instances[key_of(*instance)] = std::move(below);
  return result;
}

VKAPI_ATTR void VKAPI_CALL destroy_instance(VkInstance instance,
                                            const VkAllocationCallbacks* allocator) {
  if (instance == VK_NULL_HANDLE) return;
  const InstanceBelow below = instance_below(instance);
  const void* const key = key_of(instance);
  function_below<PFN_vkDestroyInstance>(below, "vkDestroyInstance")(instance, allocator);
  const std::lock_guard lock{maps_mutex};
  instances.erase(const_cast<void*>(key));
}

VKAPI_ATTR VkResult VKAPI_CALL create_device(VkPhysicalDevice physical,
                                             const VkDeviceCreateInfo* info,
                                             const VkAllocationCallbacks* allocator,
                                             VkDevice* device) {
  auto* const link =
      link_of<VkLayerDeviceCreateInfo>(info, VK_STRUCTURE_TYPE_LOADER_DEVICE_CREATE_INFO);
  const auto get = link->u.pLayerInfo->pfnNextGetDeviceProcAddr;
  link->u.pLayerInfo = link->u.pLayerInfo->pNext;
  const auto create =
      function_below<PFN_vkCreateDevice>(instance_below(physical), "vkCreateDevice");
  const VkResult result = create(physical, info, allocator, device);
  if (result != VK_SUCCESS) return result;
  DeviceBelow below{get, *device, nullptr};
  below.gpu = std::make_shared<SlowGpu>(below);
  const std::lock_guard lock{maps_mutex};
  devices[key_of(*device)] = below;
  return result;
}

VKAPI_ATTR void VKAPI_CALL destroy_device(VkDevice device, const VkAllocationCallbacks* allocator) {
  if (device == VK_NULL_HANDLE) return;
  DeviceBelow below = device_below(device);
  {
    const std::lock_guard lock{maps_mutex};
    devices.erase(key_of(device));
  }
  below.gpu.reset();
  function_below<PFN_vkDestroyDevice>(below, "vkDestroyDevice")(device, allocator);
}

}  // namespace

const Settings& settings() {
  static const Settings all = read_settings();
  return all;
}

InstanceBelow instance_below(const void* handle) {
  const std::lock_guard lock{maps_mutex};
  return instances.at(key_of(handle));
}

DeviceBelow device_below(const void* handle) {
  const std::lock_guard lock{maps_mutex};
  return devices.at(key_of(handle));
}

PFN_vkVoidFunction find_device_function(const char* name) {
  const auto is = [name](const char* other) { return std::strcmp(name, other) == 0; };
  if (is("vkDestroyDevice")) return reinterpret_cast<PFN_vkVoidFunction>(destroy_device);
  if (const auto found = find_fence_function(name)) return found;
  return find_format_function(name);
}

namespace {

// The exported functions are found by name; these are ours for sure, whoever else is loaded.
VKAPI_ATTR PFN_vkVoidFunction VKAPI_CALL device_function(VkDevice device, const char* name) {
  if (std::strcmp(name, "vkGetDeviceProcAddr") == 0) {
    return reinterpret_cast<PFN_vkVoidFunction>(device_function);
  }
  const PFN_vkVoidFunction next = device_below(device).get(device, name);
  const PFN_vkVoidFunction ours = next ? find_device_function(name) : nullptr;
  return ours ? ours : next;
}

VKAPI_ATTR PFN_vkVoidFunction VKAPI_CALL instance_function(VkInstance instance, const char* name) {
  const auto is = [name](const char* other) { return std::strcmp(name, other) == 0; };
  if (is("vkGetInstanceProcAddr")) return reinterpret_cast<PFN_vkVoidFunction>(instance_function);
  if (is("vkGetDeviceProcAddr")) return reinterpret_cast<PFN_vkVoidFunction>(device_function);
  if (is("vkCreateInstance")) return reinterpret_cast<PFN_vkVoidFunction>(create_instance);
  if (is("vkDestroyInstance")) return reinterpret_cast<PFN_vkVoidFunction>(destroy_instance);
  if (is("vkCreateDevice")) return reinterpret_cast<PFN_vkVoidFunction>(create_device);
  if (instance == VK_NULL_HANDLE) return nullptr;
  const PFN_vkVoidFunction next = instance_below(instance).get(instance, name);
  const PFN_vkVoidFunction ours = next ? find_device_function(name) : nullptr;
  return ours ? ours : next;
}

}  // namespace
}  // namespace vulkan_faults

extern "C" __attribute__((visibility("default"))) VKAPI_ATTR VkResult VKAPI_CALL
vkNegotiateLoaderLayerInterfaceVersion(VkNegotiateLayerInterface* version) {
  using namespace vulkan_faults;
  if (version->loaderLayerInterfaceVersion < interface_version)
    return VK_ERROR_INITIALIZATION_FAILED;
  version->loaderLayerInterfaceVersion = interface_version;
  version->pfnGetInstanceProcAddr = instance_function;
  version->pfnGetDeviceProcAddr = device_function;
  version->pfnGetPhysicalDeviceProcAddr = nullptr;
  return VK_SUCCESS;
}
