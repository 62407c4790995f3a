// The kernel's tracepoints of frames, through an instance of tracefs of our own: nobody else's
// tracing is disturbed, and nothing is left. Thin.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "drm-show/time.hpp"

namespace drmshow {

class KernelTrace {
 public:
  /// Mounts tracefs if need be. Instances that died together with their drm-trace are removed.
  /// Throws Error (no_permission, not_found).
  KernelTrace();
  /// Removes all that the constructor has made.
  ~KernelTrace();
  KernelTrace(const KernelTrace&) = delete;
  KernelTrace& operator=(const KernelTrace&) = delete;

  /// Reads what there is, without waiting.
  void read(const std::function<void(std::string_view)>& take);
  /// No more events; those that there are can still be read.
  void stop() noexcept;
  /// Which tracepoints this kernel has: "drm_vblank_event, dma_fence_signaled, ...".
  const std::string& events() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace drmshow
