#include "fake_buffer.hpp"

#include <poll.h>
#include <sys/mman.h>

#include <wayland-server-protocol.h>
#include <bit>
#include <cstring>
#include <utility>

namespace drmshow::fake {

namespace {

// Not for malice, only for change: each word and its place count.
std::uint64_t checksum(const void* bytes, std::size_t size) {
  std::uint64_t sum = 0x9e3779b97f4a7c15;
  const auto* at = static_cast<const unsigned char*>(bytes);
  for (; size >= 8; at += 8, size -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    sum = std::rotl(sum ^ word, 23) * 0x2127599bf4325c37;
  }
  for (; size > 0; ++at, --size) sum = std::rotl(sum ^ *at, 23) * 0x2127599bf4325c37;
  return sum;
}

std::uint32_t first_pixel(const void* bytes) {
  std::uint32_t pixel = 0;
  std::memcpy(&pixel, bytes, sizeof pixel);
  return pixel;
}

BufferLook look_at_shm(wl_shm_buffer* shm) {
  const Extent size{wl_shm_buffer_get_width(shm), wl_shm_buffer_get_height(shm)};
  const auto bytes = static_cast<std::size_t>(wl_shm_buffer_get_stride(shm)) *
                     static_cast<std::size_t>(size.height);
  wl_shm_buffer_begin_access(shm);
  const void* data = wl_shm_buffer_get_data(shm);
  BufferLook look{"shm", size, checksum(data, bytes), first_pixel(data)};
  wl_shm_buffer_end_access(shm);
  return look;
}

BufferLook look_at_dmabuf(const DmabufPlane& plane) {
  const auto height = static_cast<std::size_t>(plane.size.height);
  const std::size_t bytes = plane.offset + height * plane.stride;
  void* mapped = mmap(nullptr, bytes, PROT_READ, MAP_SHARED, plane.fd.get(), 0);
  if (mapped == MAP_FAILED) return {"dmabuf", plane.size, std::nullopt, 0};
  const char* data = static_cast<const char*>(mapped) + plane.offset;
  BufferLook look{"dmabuf", plane.size, checksum(data, bytes - plane.offset), first_pixel(data)};
  munmap(mapped, bytes);
  return look;
}

}  // namespace

BufferLook look_at(wl_resource* buffer) {
  if (wl_shm_buffer* shm = wl_shm_buffer_get(buffer)) return look_at_shm(shm);
  return look_at_dmabuf(*object_of<DmabufPlane>(buffer));
}

HeldBuffer::HeldBuffer(wl_resource* buffer, std::function<void()> on_end)
    : watched_(buffer, std::move(on_end)),
      id_(wl_resource_get_id(buffer)),
      look_(look_at(buffer)) {}

bool HeldBuffer::changed() const {
  return resource() != nullptr && look_at(resource()).checksum != look_.checksum;
}

void HeldBuffer::look_again() {
  if (resource() != nullptr) look_ = look_at(resource());
}

bool HeldBuffer::drawn() const {
  if (resource() == nullptr || wl_shm_buffer_get(resource()) != nullptr) return true;
  pollfd fences{object_of<DmabufPlane>(resource())->fd.get(), POLLIN, 0};
  return poll(&fences, 1, 0) != 0;
}

void HeldBuffer::give_back() const {
  if (resource() != nullptr) wl_buffer_send_release(resource());
}

}  // namespace drmshow::fake
