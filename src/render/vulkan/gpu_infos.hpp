// What Vulkan says of each of its devices.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "render/vulkan/gpu_choice.hpp"
#include "render/vulkan/vulkan.hpp"

namespace drmshow {

using ExtensionNames = std::set<std::string, std::less<>>;

ExtensionNames extensions_of(const vk::raii::PhysicalDevice& device);
GpuInfo info_of(const vk::raii::PhysicalDevice& device);
/// One for graphics, which always can compute and copy as well in what we accept.
std::optional<std::uint32_t> graphics_family(const vk::raii::PhysicalDevice& device);

}  // namespace drmshow
