#include <utility>

#include <drm.h>
#include <drm_mode.h>
#include <fmt/format.h>

#include "drm-show/dumb_buffer.hpp"
#include "drm/gem_handles.hpp"
#include "drm/ioctl.hpp"

namespace drmshow {
namespace {

drm_mode_fb_cmd2 without_planes(Size size, Format format) {
  drm_mode_fb_cmd2 add{};
  add.width = static_cast<std::uint32_t>(size.width);
  add.height = static_cast<std::uint32_t>(size.height);
  add.pixel_format = format.fourcc();
  return add;
}

FramebufferId add_framebuffer(const Device& device, drm_mode_fb_cmd2& add,
                              const std::string& which) {
  checked_ioctl(device, DRM_IOCTL_MODE_ADDFB2, add,
                fmt::format("cannot make a {}x{} framebuffer of format {}{}", add.width, add.height,
                            to_string(Format{add.pixel_format}), which));
  return FramebufferId{add.fb_id};
}

// All planes have the same one; the kernel refuses one where there is no plane.
FramebufferId add_image(const Device& device, const ImageLayout& image) {
  if (image.plane_count == 0 || image.plane_count > image.planes.size()) {
    throw Error{Failure::usage,
                fmt::format("an image with {} memory planes cannot be shown", image.plane_count)};
  }
  drm_mode_fb_cmd2 add = without_planes(image.size, image.format);
  GemHandles imported{device};
  if (image.modifier) add.flags = DRM_MODE_FB_MODIFIERS;
  for (std::size_t i = 0; i < image.plane_count; ++i) {
    const ImageLayout::Plane& plane = image.planes[i];
    add.handles[i] = plane.dmabuf < 0 ? plane.handle : imported.import(plane.dmabuf);
    add.pitches[i] = plane.pitch;
    add.offsets[i] = plane.offset;
    if (image.modifier) add.modifier[i] = image.modifier->value();
  }
  return add_framebuffer(device, add,
                         image.modifier ? " and modifier " + to_string(*image.modifier) : "");
}

}  // namespace

Framebuffer::Framebuffer(const Device& device, const DumbBuffer& buffer, Format format)
    : fd_{device.fd()}, format_{format} {
  drm_mode_fb_cmd2 add = without_planes(buffer.size(), format);
  add.handles[0] = buffer.handle();
  add.pitches[0] = buffer.pitch();
  id_ = add_framebuffer(device, add, {});
}

Framebuffer::Framebuffer(const Device& device, const ImageLayout& image)
    : fd_{device.fd()}, id_{add_image(device, image)}, format_{image.format} {}

Framebuffer::Framebuffer(Framebuffer&& other) noexcept
    : fd_{other.fd_}, id_{std::exchange(other.id_, {})}, format_{other.format_} {}

Framebuffer::~Framebuffer() {
  if (!id_) return;
  std::uint32_t id = id_.raw();
  static_cast<void>(try_ioctl(fd_, DRM_IOCTL_MODE_RMFB, &id));
}

}  // namespace drmshow
