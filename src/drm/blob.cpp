#include "drm/blob.hpp"

#include <utility>

#include <drm_mode.h>
#include <xf86drm.h>

#include "drm/ioctl.hpp"

namespace drmshow {

Blob::Blob(const Device& device, std::span<const std::byte> bytes) : fd_{device.fd()} {
  drm_mode_create_blob create{};
  create.data = reinterpret_cast<std::uintptr_t>(bytes.data());
  create.length = static_cast<std::uint32_t>(bytes.size());
  checked_ioctl(device, DRM_IOCTL_MODE_CREATEPROPBLOB, create, "cannot create a property blob");
  id_ = BlobId{create.blob_id};
}

Blob::Blob(Blob&& other) noexcept : fd_{other.fd_}, id_{std::exchange(other.id_, {})} {}

Blob::~Blob() {
  if (!id_) return;
  drm_mode_destroy_blob destroy{id_.raw()};
  static_cast<void>(try_ioctl(fd_, DRM_IOCTL_MODE_DESTROYPROPBLOB, &destroy));
}

}  // namespace drmshow
