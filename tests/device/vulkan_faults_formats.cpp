// The layer's functions about formats and devices: a modifier that means LINEAR, and a GPU that is
// the display's own.
#include <algorithm>
#include <cstring>
#include <set>
#include <span>
#include <utility>

#include "vulkan_faults.hpp"

namespace vulkan_faults {
namespace {

constexpr std::uint64_t linear_modifier = 0;

std::mutex images_mutex;
std::set<VkImage> faked_images;

/// Another value until the end of the scope. The structures are the caller's, who gets them back as
/// they were.
template <class Value>
class Swapped {
 public:
  Swapped(const Value* place, Value value)
      : place_{const_cast<Value*>(place)}, before_{std::exchange(*place_, value)} {}
  ~Swapped() { *place_ = before_; }
  Swapped(const Swapped&) = delete;
  Swapped& operator=(const Swapped&) = delete;

 private:
  Value* place_;
  Value before_;
};

// The caller asks twice: how many, then which.
void add_modifier(VkDrmFormatModifierPropertiesListEXT& list, std::uint32_t room,
                  const VkDrmFormatModifierPropertiesListEXT& below) {
  const std::span all{below.pDrmFormatModifierProperties, below.drmFormatModifierCount};
  const auto linear =
      std::ranges::find(all, linear_modifier, &VkDrmFormatModifierPropertiesEXT::drmFormatModifier);
  if (linear == all.end()) return;
  if (!list.pDrmFormatModifierProperties) {
    ++list.drmFormatModifierCount;
  } else if (list.drmFormatModifierCount < room) {
    auto& added = list.pDrmFormatModifierProperties[list.drmFormatModifierCount++];
    added = *linear;
    added.drmFormatModifier = settings().modifier;
  }
}

VKAPI_ATTR void VKAPI_CALL get_format_properties(VkPhysicalDevice physical, VkFormat format,
                                                 VkFormatProperties2* properties) {
  const auto ask = function_below<PFN_vkGetPhysicalDeviceFormatProperties2>(
      instance_below(physical), "vkGetPhysicalDeviceFormatProperties2");
  auto* const list = find_in_chain<VkDrmFormatModifierPropertiesListEXT>(
      properties, VK_STRUCTURE_TYPE_DRM_FORMAT_MODIFIER_PROPERTIES_LIST_EXT);
  const std::uint32_t room = list ? list->drmFormatModifierCount : 0;
  ask(physical, format, properties);
  if (!list || settings().modifier == 0) return;
  VkDrmFormatModifierPropertiesEXT all[64];
  VkDrmFormatModifierPropertiesListEXT below{
      VK_STRUCTURE_TYPE_DRM_FORMAT_MODIFIER_PROPERTIES_LIST_EXT, nullptr, std::size(all), all};
  VkFormatProperties2 again{VK_STRUCTURE_TYPE_FORMAT_PROPERTIES_2, &below, {}};
  ask(physical, format, &again);
  add_modifier(*list, room, below);
}

VKAPI_ATTR VkResult VKAPI_CALL
get_image_format_properties(VkPhysicalDevice physical, const VkPhysicalDeviceImageFormatInfo2* info,
                            VkImageFormatProperties2* properties) {
  const auto ask = function_below<PFN_vkGetPhysicalDeviceImageFormatProperties2>(
      instance_below(physical), "vkGetPhysicalDeviceImageFormatProperties2");
  const auto* const wanted = find_in_chain<VkPhysicalDeviceImageDrmFormatModifierInfoEXT>(
      info, VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_IMAGE_DRM_FORMAT_MODIFIER_INFO_EXT);
  if (!wanted || settings().modifier == 0 || wanted->drmFormatModifier != settings().modifier) {
    return ask(physical, info, properties);
  }
  const Swapped modifier{&wanted->drmFormatModifier, linear_modifier};
  return ask(physical, info, properties);
}

bool is_only_ours(const VkImageDrmFormatModifierListCreateInfoEXT* list) {
  return list && settings().modifier != 0 && list->drmFormatModifierCount == 1 &&
         *list->pDrmFormatModifiers == settings().modifier;
}

VKAPI_ATTR VkResult VKAPI_CALL create_image(VkDevice device, const VkImageCreateInfo* info,
                                            const VkAllocationCallbacks* allocator,
                                            VkImage* image) {
  const auto create = function_below<PFN_vkCreateImage>(device_below(device), "vkCreateImage");
  const auto* const list = find_in_chain<VkImageDrmFormatModifierListCreateInfoEXT>(
      info, VK_STRUCTURE_TYPE_IMAGE_DRM_FORMAT_MODIFIER_LIST_CREATE_INFO_EXT);
  if (!is_only_ours(list)) return create(device, info, allocator, image);
  const Swapped modifiers{&list->pDrmFormatModifiers, &linear_modifier};
  const VkResult result = create(device, info, allocator, image);
  if (result != VK_SUCCESS) return result;
  const std::lock_guard lock{images_mutex};
  faked_images.insert(*image);
  return result;
}

VKAPI_ATTR void VKAPI_CALL destroy_image(VkDevice device, VkImage image,
                                         const VkAllocationCallbacks* allocator) {
  {
    const std::lock_guard lock{images_mutex};
    faked_images.erase(image);
  }
  function_below<PFN_vkDestroyImage>(device_below(device), "vkDestroyImage")(device, image,
                                                                             allocator);
}

VKAPI_ATTR VkResult VKAPI_CALL get_image_modifier(VkDevice device, VkImage image,
                                                  VkImageDrmFormatModifierPropertiesEXT* found) {
  const VkResult result = function_below<PFN_vkGetImageDrmFormatModifierPropertiesEXT>(
      device_below(device), "vkGetImageDrmFormatModifierPropertiesEXT")(device, image, found);
  const std::lock_guard lock{images_mutex};
  if (result == VK_SUCCESS && faked_images.contains(image)) {
    found->drmFormatModifier = settings().modifier;
  }
  return result;
}

bool owns_display() {
  return settings().own.major != 0;
}

VKAPI_ATTR void VKAPI_CALL get_properties(VkPhysicalDevice physical,
                                          VkPhysicalDeviceProperties2* properties) {
  function_below<PFN_vkGetPhysicalDeviceProperties2>(
      instance_below(physical), "vkGetPhysicalDeviceProperties2")(physical, properties);
  if (settings().hardware) {
    properties->properties.deviceType = VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU;
  }
  auto* const drm = find_in_chain<VkPhysicalDeviceDrmPropertiesEXT>(
      properties, VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DRM_PROPERTIES_EXT);
  if (!drm || !owns_display()) return;
  drm->hasPrimary = VK_TRUE;
  drm->primaryMajor = settings().own.major;
  drm->primaryMinor = settings().own.minor;
  drm->hasRender = VK_FALSE;
}

// lavapipe has no node of its own, and so it does not say that it could tell.
VKAPI_ATTR VkResult VKAPI_CALL enumerate_extensions(VkPhysicalDevice physical, const char* layer,
                                                    std::uint32_t* count,
                                                    VkExtensionProperties* properties) {
  const std::uint32_t room = *count;
  const VkResult result = function_below<PFN_vkEnumerateDeviceExtensionProperties>(
      instance_below(physical), "vkEnumerateDeviceExtensionProperties")(physical, layer, count,
                                                                        properties);
  if (layer || result != VK_SUCCESS || !owns_display()) return result;
  if (!properties) {
    ++*count;
  } else if (*count < room) {
    VkExtensionProperties& added = properties[(*count)++];
    added = {VK_EXT_PHYSICAL_DEVICE_DRM_EXTENSION_NAME, 1};
  }
  return result;
}

}  // namespace

PFN_vkVoidFunction find_format_function(const char* name) {
  const auto is = [name](const char* other) { return std::strcmp(name, other) == 0; };
  if (is("vkGetPhysicalDeviceFormatProperties2")) {
    return reinterpret_cast<PFN_vkVoidFunction>(get_format_properties);
  }
  if (is("vkGetPhysicalDeviceImageFormatProperties2")) {
    return reinterpret_cast<PFN_vkVoidFunction>(get_image_format_properties);
  }
  if (is("vkGetPhysicalDeviceProperties2")) {
    return reinterpret_cast<PFN_vkVoidFunction>(get_properties);
  }
  if (is("vkEnumerateDeviceExtensionProperties")) {
    return reinterpret_cast<PFN_vkVoidFunction>(enumerate_extensions);
  }
  if (is("vkCreateImage")) return reinterpret_cast<PFN_vkVoidFunction>(create_image);
  if (is("vkDestroyImage")) return reinterpret_cast<PFN_vkVoidFunction>(destroy_image);
  if (is("vkGetImageDrmFormatModifierPropertiesEXT")) {
    return reinterpret_cast<PFN_vkVoidFunction>(get_image_modifier);
  }
  return nullptr;
}

}  // namespace vulkan_faults
