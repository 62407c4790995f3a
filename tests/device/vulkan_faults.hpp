// A Vulkan layer for tests: between a program and the driver, it makes happen what no driver does
// when asked to. Enabled as any other layer (VK_INSTANCE_LAYERS, VK_LAYER_PATH), and told what to
// do by environment variables:
//
//   VULKAN_LOSE=N:COUNT    the Nth submission of the process and COUNT - 1 after it find that the
//   GPU
//                          is lost; all that is asked of that device afterwards finds so, too
//   VULKAN_FENCES=KIND     what the sync files of submissions are like:
//     late:MS                the GPU begins that late with each: nothing is drawn before, and the
//     sync
//                            file signals once it is
//     never                  they do not signal
//     failing                they have signalled with an error
//     signalled              there are none: -1, "done already"
//     hang:MS                nothing is drawn any more, and after that time the GPU is lost, as its
//                            driver would say after a reset
//   VULKAN_FENCES_AT=N:COUNT  of the Nth submission with a sync file and COUNT - 1 after it
//   VULKAN_OWN=MAJOR:MINOR the GPU is that of the display with this node
//   VULKAN_HARDWARE=1      the GPU says that it is one, and not the processor
//   VULKAN_MODIFIER=0x…    a modifier that is supported beside LINEAR, and means the same. No
//   kernel
//                          shows tiled images of a software renderer; the ioctl shim pretends so
//                          for the display
//
// Fences come from sw_sync. Without any of these it changes nothing.
#pragma once

#include <climits>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>

#include <vulkan/vk_layer.h>
#include <vulkan/vulkan.h>

namespace vulkan_faults {

/// Which of many: the first is 1.
struct Range {
  int from = 1;
  int count = INT_MAX;
  bool contains(int number) const { return number >= from && number - from < count; }
};

enum class FenceKind { real, late, never, failing, signalled, hang };

struct NodeNumber {
  unsigned major = 0;
  unsigned minor = 0;
};

struct Settings {
  Range lost{0, 0};
  FenceKind fences = FenceKind::real;
  int fence_ms = 0;
  Range fences_at;
  NodeNumber own;  // 0:0: as it is
  bool hardware = false;
  std::uint64_t modifier = 0;
};
const Settings& settings();

class SlowGpu;

/// What is below us, for an instance or a device: of the driver, or of the next layer.
/// An instance's functions are looked up when it is made: later the loader finds ours again.
struct InstanceBelow {
  PFN_vkGetInstanceProcAddr get = nullptr;
  VkInstance instance = VK_NULL_HANDLE;
  std::map<std::string_view, PFN_vkVoidFunction> functions{};
};
struct DeviceBelow {
  PFN_vkGetDeviceProcAddr get = nullptr;
  VkDevice device = VK_NULL_HANDLE;
  std::shared_ptr<SlowGpu> gpu;
};

/// The loader's table, which all objects of an instance or device share, is the key.
inline void* key_of(const void* handle) {
  return *static_cast<void* const*>(handle);
}
InstanceBelow instance_below(const void* handle);
DeviceBelow device_below(const void* handle);

template <class Function>
Function function_below(const InstanceBelow& below, const char* name) {
  return reinterpret_cast<Function>(below.functions.at(name));
}
template <class Function>
Function function_below(const DeviceBelow& below, const char* name) {
  return reinterpret_cast<Function>(below.get(below.device, name));
}

/// The structure of this type in a chain, or nullptr.
template <class Structure>
Structure* find_in_chain(const void* first, VkStructureType type) {
  auto* link = const_cast<VkBaseOutStructure*>(static_cast<const VkBaseOutStructure*>(first));
  while (link && link->sType != type) link = link->pNext;
  return reinterpret_cast<Structure*>(link);
}

/// Ours by that name, or nullptr.
PFN_vkVoidFunction find_fence_function(const char* name);
PFN_vkVoidFunction find_format_function(const char* name);
PFN_vkVoidFunction find_device_function(const char* name);

}  // namespace vulkan_faults
