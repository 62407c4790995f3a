#include "drm/dmabuf_sync.hpp"

#include <linux/dma-buf.h>
#include <linux/ioctl.h>

#include "drm/ioctl.hpp"

namespace drmshow {
namespace {

// In linux/dma-buf.h since Linux 6.0.
struct SyncFileRequest {
  std::uint32_t flags;  ///< DMA_BUF_SYNC_*
  std::int32_t fd;
};
constexpr unsigned long export_sync_file = _IOWR(DMA_BUF_BASE, 2, SyncFileRequest);
constexpr unsigned long import_sync_file = _IOW(DMA_BUF_BASE, 3, SyncFileRequest);

// Who will write waits for all; who will read, for those who write.
std::uint32_t flags_of(DmabufUse use) {
  return use == DmabufUse::write ? DMA_BUF_SYNC_WRITE : DMA_BUF_SYNC_READ;
}

}  // namespace

int attach_fence(int dmabuf, int sync_file, DmabufUse use) noexcept {
  SyncFileRequest request{flags_of(use), sync_file};
  return try_ioctl(dmabuf, import_sync_file, &request);
}

DmabufFence fence_to_wait_for(int dmabuf, DmabufUse use) noexcept {
  SyncFileRequest request{flags_of(use), -1};
  const int errnum = try_ioctl(dmabuf, export_sync_file, &request);
  return {UniqueFd{errnum == 0 ? request.fd : -1}, errnum};
}

}  // namespace drmshow
