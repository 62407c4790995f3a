#include "render/vulkan/pixel_format.hpp"

#include <algorithm>

namespace drmshow {
namespace {

constexpr Format named(const char (&fourcc)[5]) {
  return Format::from_chars(fourcc[0], fourcc[1], fourcc[2], fourcc[3]);
}

// A DRM format names its channels from the highest bit of a little-endian word down; Vulkan's
// formats of whole bytes go up in memory, its packed ones from the highest bit down.
constexpr PixelFormat table[] = {
    {named("XR24"), vk::Format::eB8G8R8A8Unorm, FormatClass::exact, 32},
    {named("XB24"), vk::Format::eR8G8B8A8Unorm, FormatClass::exact, 32},
    {named("AR24"), vk::Format::eB8G8R8A8Unorm, FormatClass::with_alpha, 32},
    {named("AB24"), vk::Format::eR8G8B8A8Unorm, FormatClass::with_alpha, 32},
    {named("XR30"), vk::Format::eA2R10G10B10UnormPack32, FormatClass::deep, 32},
    {named("XB30"), vk::Format::eA2B10G10R10UnormPack32, FormatClass::deep, 32},
    {named("XB4H"), vk::Format::eR16G16B16A16Sfloat, FormatClass::deep, 64},
    {named("RG16"), vk::Format::eR5G6B5UnormPack16, FormatClass::coarse, 16},
};

}  // namespace

std::span<const PixelFormat> pixel_formats() {
  return table;
}

const PixelFormat* find_pixel_format(Format format) {
  const auto* const found = std::ranges::find(table, format, &PixelFormat::drm);
  return found == std::end(table) ? nullptr : found;
}

bool has_alpha(Format format) {
  const PixelFormat* const found = find_pixel_format(format);
  return found && found->quality == FormatClass::with_alpha;
}

}  // namespace drmshow
