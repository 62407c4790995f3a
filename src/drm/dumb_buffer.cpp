#include "drm-show/dumb_buffer.hpp"

#include <cerrno>
#include <utility>

#include <drm_mode.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <xf86drm.h>

#include "drm/ioctl.hpp"

namespace drmshow {
namespace {

[[noreturn]] void throw_no_memory(Size size) {
  throw Error{Failure::unexpected,
              fmt::format("no memory for {}x{} pixels", size.width, size.height),
              {},
              errno};
}

}  // namespace

DumbBuffer::DumbBuffer(const Device& device, Size size, unsigned bits_per_pixel)
    : fd_{device.fd()}, size_{size} {
  drm_mode_create_dumb create{};
  create.width = static_cast<std::uint32_t>(size.width);
  create.height = static_cast<std::uint32_t>(size.height);
  create.bpp = bits_per_pixel;
  checked_ioctl(device, DRM_IOCTL_MODE_CREATE_DUMB, create,
                fmt::format("cannot allocate a {}x{} framebuffer", size.width, size.height));
  handle_ = create.handle;
  pitch_ = create.pitch;
  bytes_ = create.size;
}

DumbBuffer::DumbBuffer(DumbBuffer&& other) noexcept
    : fd_{other.fd_},
      size_{other.size_},
      handle_{std::exchange(other.handle_, 0)},
      pitch_{other.pitch_},
      bytes_{other.bytes_} {}

DumbBuffer::~DumbBuffer() {
  if (handle_ == 0) return;
  drm_mode_destroy_dumb destroy{handle_};
  static_cast<void>(try_ioctl(fd_, DRM_IOCTL_MODE_DESTROY_DUMB, &destroy));
}

Mapping::Mapping(const Device& device, const DumbBuffer& buffer)
    : length_{buffer.bytes()}, pitch_{buffer.pitch()} {
  drm_mode_map_dumb map{};
  map.handle = buffer.handle();
  checked_ioctl(device, DRM_IOCTL_MODE_MAP_DUMB, map, "cannot map a framebuffer");
  void* address = ::mmap(nullptr, length_, PROT_READ | PROT_WRITE, MAP_SHARED, device.fd(),
                         static_cast<off_t>(map.offset));
  if (address == MAP_FAILED) throw_device_error(device, "cannot map a framebuffer", errno);
  // A guard that is forked later must not keep the buffer's memory when we let go of it.
  ::madvise(address, length_, MADV_DONTFORK);
  address_ = static_cast<std::byte*>(address);
}

Mapping::Mapping(Size size, unsigned bits_per_pixel)
    : length_{static_cast<std::size_t>(size.area()) * bits_per_pixel / 8},
      pitch_{static_cast<std::size_t>(size.width) * bits_per_pixel / 8} {
  void* address =
      ::mmap(nullptr, length_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (address == MAP_FAILED) throw_no_memory(size);
  address_ = static_cast<std::byte*>(address);
}

Mapping::Mapping(const UniqueFd& memory, Size size, std::size_t pitch)
    : length_{pitch * static_cast<std::size_t>(size.height)}, pitch_{pitch} {
  void* address = ::mmap(nullptr, length_, PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0);
  if (address == MAP_FAILED) throw_no_memory(size);
  address_ = static_cast<std::byte*>(address);
}

Mapping::Mapping(Mapping&& other) noexcept
    : address_{std::exchange(other.address_, nullptr)},
      length_{other.length_},
      pitch_{other.pitch_} {}

Mapping::~Mapping() {
  if (address_) ::munmap(address_, length_);
}

std::span<std::byte> Mapping::line(int y) const {
  return {address_ + static_cast<std::size_t>(y) * pitch_, pitch_};
}

}  // namespace drmshow
