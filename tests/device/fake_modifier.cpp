#include "fake_modifier.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <drm.h>
#include <drm_fourcc.h>
#include <drm_mode.h>

namespace {

using Bytes = std::vector<unsigned char>;
using RealIoctl = int (*)(int, unsigned long, ...);

constexpr std::uint64_t linear = 0;  // without libdrm's cast

// 0: there is none.
std::uint64_t fake_modifier() {
  static const std::uint64_t value = [] {
    const char* const text = std::getenv("FAKE_MODIFIER");
    return text ? std::strtoull(text, nullptr, 0) : 0;
  }();
  return value;
}

std::uint64_t address_of(Bytes& bytes) {
  return reinterpret_cast<std::uintptr_t>(bytes.data());
}

/// Empty if it cannot be read.
Bytes blob_below(RealIoctl real, int fd, std::uint32_t id) {
  drm_mode_get_blob get{};
  get.blob_id = id;
  if (real(fd, DRM_IOCTL_MODE_GETPROPBLOB, &get) != 0) return {};
  Bytes bytes(get.length);
  get.data = address_of(bytes);
  if (real(fd, DRM_IOCTL_MODE_GETPROPBLOB, &get) != 0) return {};
  return bytes;
}

/// Whether this is what IN_FORMATS is like: the kernel does not tell what a blob is for.
bool is_format_table(const Bytes& bytes, drm_format_modifier_blob& head) {
  if (bytes.size() < sizeof head) return false;
  std::memcpy(&head, bytes.data(), sizeof head);
  const std::size_t end =
      head.modifiers_offset + std::size_t{head.count_modifiers} * sizeof(drm_format_modifier);
  return head.version == FORMAT_BLOB_CURRENT && head.formats_offset == sizeof head &&
         head.count_formats <= 64 && end == bytes.size();
}

/// The same with one modifier more, for the first formats, which are all that there are.
Bytes with_fake_modifier(Bytes bytes, drm_format_modifier_blob head) {
  ++head.count_modifiers;
  std::memcpy(bytes.data(), &head, sizeof head);
  drm_format_modifier added{};
  added.formats =
      head.count_formats == 64 ? UINT64_MAX : (std::uint64_t{1} << head.count_formats) - 1;
  added.modifier = fake_modifier();
  const auto* const first = reinterpret_cast<const unsigned char*>(&added);
  bytes.insert(bytes.end(), first, first + sizeof added);
  return bytes;
}

// As the kernel: the bytes only for those who have room for just these, the length for all.
std::optional<int> get_blob(RealIoctl real, int fd, drm_mode_get_blob& get) {
  Bytes bytes = blob_below(real, fd, get.blob_id);
  drm_format_modifier_blob head{};
  if (!is_format_table(bytes, head)) return std::nullopt;
  bytes = with_fake_modifier(std::move(bytes), head);
  if (get.length == bytes.size()) {
    std::memcpy(reinterpret_cast<void*>(static_cast<std::uintptr_t>(get.data)), bytes.data(),
                bytes.size());
  }
  get.length = static_cast<std::uint32_t>(bytes.size());
  return 0;
}

std::optional<int> add_framebuffer(RealIoctl real, int fd, drm_mode_fb_cmd2& add) {
  if (add.modifier[0] != fake_modifier()) return std::nullopt;
  drm_mode_fb_cmd2 plain = add;
  for (auto& modifier : plain.modifier) {
    if (modifier == fake_modifier()) modifier = linear;
  }
  const int result = real(fd, DRM_IOCTL_MODE_ADDFB2, &plain);
  add.fb_id = plain.fb_id;
  return result;
}

}  // namespace

std::optional<int> ioctl_with_fake_modifier(RealIoctl real, int fd, unsigned long request,
                                            void* argument) {
  if (fake_modifier() == 0) return std::nullopt;
  if (request == DRM_IOCTL_MODE_GETPROPBLOB) {
    return get_blob(real, fd, *static_cast<drm_mode_get_blob*>(argument));
  }
  if (request == DRM_IOCTL_MODE_ADDFB2) {
    return add_framebuffer(real, fd, *static_cast<drm_mode_fb_cmd2*>(argument));
  }
  return std::nullopt;
}
