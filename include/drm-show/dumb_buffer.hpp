// Memory that any display driver can scan out and the CPU can write, and the framebuffer on it.
//
// The mapping is write-combined on real hardware: write whole lines, in order, and never read back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "drm-show/device.hpp"
#include "drm-show/export.hpp"
#include "drm-show/fd.hpp"
#include "drm-show/format.hpp"
#include "drm-show/geometry.hpp"
#include "drm-show/id.hpp"
#include "drm-show/scanout_image.hpp"

namespace drmshow {

/// A GEM buffer made by DRM_IOCTL_MODE_CREATE_DUMB, with the pitch that the driver chose.
class DRMSHOW_API DumbBuffer {
 public:
  DumbBuffer(const Device& device, Size size, unsigned bits_per_pixel);
  DumbBuffer(DumbBuffer&& other) noexcept;
  DumbBuffer& operator=(DumbBuffer&&) = delete;
  ~DumbBuffer();

  std::uint32_t handle() const { return handle_; }
  std::uint32_t pitch() const { return pitch_; }  ///< bytes from a line to the next
  std::uint64_t bytes() const { return bytes_; }
  Size size() const { return size_; }

 private:
  int fd_;  // borrowed: the Device outlives its buffers
  Size size_;
  std::uint32_t handle_ = 0;  // GEM handle; 0 after a move
  std::uint32_t pitch_ = 0;
  std::uint64_t bytes_ = 0;
};

/// The CPU's view of a dumb buffer, or memory that no display shows.
class DRMSHOW_API Mapping {
 public:
  Mapping(const Device& device, const DumbBuffer& buffer);
  /// Plain memory, all 0.
  Mapping(Size size, unsigned bits_per_pixel);
  /// What is in `memory` from its start, which others may see as well.
  Mapping(const UniqueFd& memory, Size size, std::size_t pitch);
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&&) = delete;
  ~Mapping();

  std::span<std::byte> line(int y) const;

 private:
  std::byte* address_ = nullptr;  // nullptr after a move
  std::size_t length_ = 0;
  std::size_t pitch_ = 0;
};

/// A displayable image. It does not own the buffer: the kernel keeps the memory alive for as long
/// as the framebuffer exists.
class DRMSHOW_API Framebuffer {
 public:
  Framebuffer(const Device& device, const DumbBuffer& buffer, Format format);
  /// In memory that is shared with `device`, or its own. Throws Error: mode_refused if the driver
  /// cannot show such an image, or cannot use that memory.
  Framebuffer(const Device& device, const ImageLayout& image);
  Framebuffer(Framebuffer&& other) noexcept;
  Framebuffer& operator=(Framebuffer&&) = delete;
  ~Framebuffer();

  FramebufferId id() const { return id_; }
  Format format() const { return format_; }

 private:
  int fd_;  // borrowed: the Device outlives its framebuffers
  FramebufferId id_;
  Format format_;
};

}  // namespace drmshow
