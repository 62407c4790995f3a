// Fences between Vulkan and KMS: semaphores as sync files (VK_KHR_external_semaphore_fd).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "drm-show/fd.hpp"
#include "render/vulkan/gpu.hpp"
#include "render/vulkan/gpu_timeline.hpp"

namespace drmshow {

/// Tells others when a frame is drawn. One for each job; not to be made unless
/// GpuTraits::exports_fences.
class DrawnFence {
 public:
  explicit DrawnFence(const Gpu& gpu);

  /// For the submission to signal.
  vk::SemaphoreSubmitInfo signal() const;
  /// Once after each submission that signals it, at once: its sync file; empty if it is drawn
  /// already. The next submission can signal it again. Throws Error (gpu), GpuLost.
  UniqueFd take() const;

 private:
  const Gpu& gpu_;
  vk::raii::Semaphore semaphore_;
};

/// What submissions are to wait for, from others' sync files. Its semaphores are used again when
/// the GPU is done with them; not to be made unless GpuTraits::imports_fences.
class AwaitedFences {
 public:
  explicit AwaitedFences(const GpuTimeline& timeline) : timeline_{timeline} {}

  /// For the next submission, the one that signals timeline.next(), to wait for. An empty one has
  /// signalled: nothing to wait for. Throws Error (gpu), GpuLost.
  std::optional<vk::SemaphoreSubmitInfo> wait_for(UniqueFd sync_file);

 private:
  struct Place {
    vk::raii::Semaphore semaphore;
    std::uint64_t busy_until;  // set by wait_for(): the submission that waits for it
  };
  vk::Semaphore free_semaphore();

  const GpuTimeline& timeline_;
  std::vector<Place> places_;
};

}  // namespace drmshow
