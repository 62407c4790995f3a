// A GPU that is late, hangs or is lost: what its submissions, waits and sync files are like then.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "drm-show/fd.hpp"
#include "sw_sync.hpp"
#include "vulkan_faults.hpp"

namespace vulkan_faults {

/// A copy of what vkQueueSubmit2 was given, with all that it points to.
class Submission {
 public:
  Submission(std::uint32_t count, const VkSubmitInfo2* infos);
  Submission(Submission&&) = default;
  Submission& operator=(Submission&&) = default;

  std::uint32_t size() const { return static_cast<std::uint32_t>(infos_.size()); }
  const VkSubmitInfo2* data() const { return infos_.data(); }
  /// The semaphore that can be made a sync file: the one that is no timeline.
  VkSemaphore shared() const;

 private:
  struct Parts {
    std::vector<VkSemaphoreSubmitInfo> waits;
    std::vector<VkCommandBufferSubmitInfo> commands;
    std::vector<VkSemaphoreSubmitInfo> signals;
  };
  std::deque<Parts> parts_;
  std::vector<VkSubmitInfo2> infos_;
};

class SlowGpu {
 public:
  explicit SlowGpu(const DeviceBelow& below);
  /// What was not begun yet is not drawn any more.
  ~SlowGpu();
  SlowGpu(const SlowGpu&) = delete;
  SlowGpu& operator=(const SlowGpu&) = delete;

  VkResult submit(VkQueue queue, Submission submission, VkFence fence);
  VkResult share(const VkSemaphoreGetFdInfoKHR* info, int* fd);
  bool lost() const;
  /// Returns when nothing below is done for a submission just now.
  void settle();

 private:
  using Clock = std::chrono::steady_clock;
  /// What the thread is to do.
  struct Job {
    Clock::time_point due;
    VkQueue queue;
    Submission submission;
    VkFence fence;
    std::unique_ptr<SwSync> timeline;  // of its sync file, if that is ours
  };

  bool has_faulty_fence(const Submission& submission);
  VkResult submit_below(VkQueue queue, const Submission& submission, VkFence fence);
  VkResult put_off(Job job);
  std::unique_ptr<SwSync> give_fence(VkSemaphore semaphore);
  void drop_payload(VkSemaphore semaphore);
  void work();
  void run(Job& job);
  void lose();

  DeviceBelow below_;
  mutable std::mutex mutex_;  // of all below
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  std::map<VkSemaphore, drmshow::UniqueFd> fences_;       // handed out when they are asked for
  std::vector<std::unique_ptr<SwSync>> never_advanced_;   // their fences fail when they end
  Clock::time_point lost_at_ = Clock::time_point::max();  // set when the GPU hangs
  bool running_ = false;                                  // a job, in the thread
  bool lost_ = false;
  bool ending_ = false;
  // Where fences are late or the GPU hangs. As threads of some drivers it blocks no signals.
  std::thread thread_;
};

}  // namespace vulkan_faults
