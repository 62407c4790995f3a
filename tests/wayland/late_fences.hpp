// Fences on demand, from the kernel's vgem: those of buffers that somebody pretends to draw into.
// (sw_sync is not in distributions' kernels.) Its header is not installed:
// include/uapi/drm/vgem_drm.h.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include <fcntl.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

#include "drm-show/fd.hpp"
#include "drm/dmabuf_sync.hpp"
#include "drm/ioctl.hpp"

namespace drmshow {

class LateFences {
 public:
  LateFences() : fd_{open_vgem()} {}
  explicit operator bool() const { return static_cast<bool>(fd_); }

  /// A sync file that signals by pass(), in turn; empty if that is not possible.
  UniqueFd next() {
    std::uint32_t handle = 0;
    std::uint32_t pitch = 0;
    std::uint64_t size = 0;
    int dmabuf = -1;
    if (::drmModeCreateDumbBuffer(fd_.get(), 16, 16, 32, 0, &handle, &pitch, &size) != 0) return {};
    ::drmPrimeHandleToFD(fd_.get(), handle, DRM_CLOEXEC | DRM_RDWR, &dmabuf);
    const UniqueFd owned{dmabuf};
    AttachFence attach{handle, 1, 0, 0};
    const bool attached = try_ioctl(fd_.get(), attach_request, &attach) == 0;
    ::drmModeDestroyDumbBuffer(fd_.get(), handle);  // its fence stays, until it is signalled
    if (!attached) return {};
    pending_.push_back(attach.fence);
    return fence_to_wait_for(dmabuf, DmabufUse::write).sync_file;
  }

  void pass() {
    SignalFence signal{pending_.front(), 0};
    static_cast<void>(try_ioctl(fd_.get(), signal_request, &signal));
    pending_.pop_front();
  }

 private:
  struct AttachFence {
    std::uint32_t handle;
    std::uint32_t flags;
    std::uint32_t fence;
    std::uint32_t pad;
  };
  struct SignalFence {
    std::uint32_t fence;
    std::uint32_t flags;
  };
  static constexpr unsigned long attach_request = DRM_IOWR(DRM_COMMAND_BASE + 1, AttachFence);
  static constexpr unsigned long signal_request = DRM_IOW(DRM_COMMAND_BASE + 2, SignalFence);

  static UniqueFd open_vgem() {
    for (int i = 0; i < 4; ++i) {
      const std::string node = "/dev/dri/card" + std::to_string(i);
      UniqueFd fd{::open(node.c_str(), O_RDWR | O_CLOEXEC)};
      drmVersion* const version = fd ? ::drmGetVersion(fd.get()) : nullptr;
      const bool found = version && std::string{version->name} == "vgem";
      ::drmFreeVersion(version);
      if (found) return fd;
    }
    return {};
  }

  UniqueFd fd_;
  std::deque<std::uint32_t> pending_;
};

}  // namespace drmshow
