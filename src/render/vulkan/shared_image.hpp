// Vulkan images in memory that a display device can use, too: made here and shared, or made there
// and taken.
#pragma once

#include "drm-show/dumb_buffer.hpp"
#include "drm-show/fd.hpp"
#include "drm-show/scanout_image.hpp"
#include "render/vulkan/gpu.hpp"
#include "render/vulkan/pixel_format.hpp"

namespace drmshow {

/// How such images are used: drawn into, and copied from (to look at what was shown).
inline constexpr vk::ImageUsageFlags scanout_usage =
    vk::ImageUsageFlagBits::eColorAttachment | vk::ImageUsageFlagBits::eTransferSrc;

/// Throws Error for a format that is none of pixel_formats().
const PixelFormat& pixel_format_of(const ImageWay& way);

struct SharedImage {
  vk::raii::Image image;
  vk::raii::DeviceMemory memory;
};

/// An image of the GPU's own. Throws vk::SystemError, Error.
SharedImage make_exported(const Gpu& gpu, const ImageWay& way, Size size);
/// Its memory, for others, as it was made: with `dmabuf` borrowed by the layout.
UniqueFd export_memory(const Gpu& gpu, const SharedImage& shared);
ImageLayout exported_layout(const Gpu& gpu, const SharedImage& shared, const ImageWay& way,
                            Size size, int dmabuf);

/// An image in the display's memory. Throws vk::SystemError, Error.
SharedImage make_imported(const Gpu& gpu, const DumbBuffer& buffer, UniqueFd dmabuf,
                          vk::Format format);

}  // namespace drmshow
