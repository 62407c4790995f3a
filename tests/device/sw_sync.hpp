// Fences on demand, from the kernel's sw_sync (debugfs): a counter, and fences that signal once it
// has reached their value. The kernel's header is not exported: drivers/dma-buf/sw_sync.c.
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <sys/ioctl.h>

#include "drm-show/fd.hpp"

class SwSync {
 public:
  SwSync() : fd_{::open("/sys/kernel/debug/sync/sw_sync", O_RDWR | O_CLOEXEC)} {}

  /// Signals once advance() has come to `value`; with an error if this goes away before.
  drmshow::UniqueFd fence(std::uint32_t value) const {
    CreateFence create{value, "test", -1};
    if (::ioctl(fd_.get(), create_request, &create) != 0) throw std::runtime_error{"no sw_sync"};
    return drmshow::UniqueFd{create.fence};
  }
  void advance(std::uint32_t by) const {
    if (::ioctl(fd_.get(), advance_request, &by) != 0) throw std::runtime_error{"no sw_sync"};
  }

 private:
  struct CreateFence {
    std::uint32_t value;
    char name[32];
    std::int32_t fence;
  };
  static constexpr unsigned long create_request = _IOWR('W', 0, CreateFence);
  static constexpr unsigned long advance_request = _IOW('W', 1, std::uint32_t);

  drmshow::UniqueFd fd_;
};
