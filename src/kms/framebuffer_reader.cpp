#include "kms/framebuffer_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <span>

#include <drm.h>
#include <drm_mode.h>

#include "drm/ioctl.hpp"

namespace drmshow {
namespace {

// The planes of one buffer share a handle, which is closed once: a second close might hit a handle
// of the same number that something else was given meanwhile.
void close_handles(int fd, std::span<const std::uint32_t> handles) {
  for (std::size_t i = 0; i < handles.size(); ++i) {
    const auto seen = handles.first(i);
    if (handles[i] == 0 || std::ranges::find(seen, handles[i]) != seen.end()) continue;
    drm_gem_close request{};
    request.handle = handles[i];
    static_cast<void>(try_ioctl(fd, DRM_IOCTL_GEM_CLOSE, &request));
  }
}

FramebufferInfo describe(const drm_mode_fb_cmd2& raw) {
  FramebufferInfo fb;
  fb.id = FramebufferId{raw.fb_id};
  fb.size = {static_cast<int>(raw.width), static_cast<int>(raw.height)};
  fb.format = Format{raw.pixel_format};
  if (raw.flags & DRM_MODE_FB_MODIFIERS) fb.modifier = Modifier{raw.modifier[0]};
  for (std::size_t i = 0; i < std::size(raw.pitches) && raw.pitches[i] != 0; ++i) {
    fb.planes.push_back({raw.pitches[i], raw.offsets[i]});
  }
  return fb;
}

// Before Linux 5.7 there was no GETFB2, and then the format is only told as depth and bpp.
std::optional<FramebufferInfo> read_old(int fd, FramebufferId id) {
  drm_mode_fb_cmd raw{};
  raw.fb_id = id.raw();
  if (const int errnum = try_ioctl(fd, DRM_IOCTL_MODE_GETFB, &raw)) {
    errno = errnum;
    return std::nullopt;
  }
  close_handles(fd, {&raw.handle, 1});
  FramebufferInfo fb;
  fb.id = id;
  fb.size = {static_cast<int>(raw.width), static_cast<int>(raw.height)};
  fb.depth = raw.depth;
  fb.bpp = raw.bpp;
  fb.planes.push_back({raw.pitch, 0});
  return fb;
}

}  // namespace

std::optional<FramebufferInfo> read_framebuffer(int fd, FramebufferId id) {
  drm_mode_fb_cmd2 raw{};
  raw.fb_id = id.raw();
  const int errnum = try_ioctl(fd, DRM_IOCTL_MODE_GETFB2, &raw);
  if (errnum == 0) {
    close_handles(fd, raw.handles);
    return describe(raw);
  }
  if (errnum != ENOENT) return read_old(fd, id);
  errno = errnum;
  return std::nullopt;
}

}  // namespace drmshow
