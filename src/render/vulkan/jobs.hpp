// The frames that are on their way through the GPU: while it draws one, the processor records the
// next. All from the thread that submits.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

#include "drm-show/fd.hpp"
#include "render/vulkan/gpu_timeline.hpp"
#include "render/vulkan/render_fence.hpp"
#include "render/vulkan/scene.hpp"

namespace drmshow {

class Jobs {
 public:
  /// `timeline` must outlive it.
  explicit Jobs(GpuTimeline& timeline);
  /// Waits for what was submitted here.
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// begin() would not wait. Throws GpuLost.
  bool ready();
  /// The GPU is at work for none of them, or lost.
  bool idle() const;
  /// Takes the job whose frame is older and begins its commands, once the GPU is done with that
  /// frame. Throws GpuLost.
  int begin();
  const vk::raii::CommandBuffer& commands(int job) const { return at(job).commands; }
  /// Has what was recorded drawn, after the sync file `after` (empty: at once) has signalled.
  void submit(int job, UniqueFd after);
  /// The same for a display. Gives what signals when it is drawn: empty if it is drawn already,
  /// which is so where the GPU's driver shares no fences.
  UniqueFd submit_for_display(int job, UniqueFd after);
  /// Returns when the job's frame is drawn.
  void finish(int job);

  /// How often the processor had to wait for the GPU. From any thread.
  std::uint64_t waits() const { return waits_; }

 private:
  struct Job {
    vk::raii::CommandBuffer commands;
    std::optional<DrawnFence> drawn;  // where fences can be shared
    bool recording = false;           // from begin() until it is submitted
    std::uint64_t value = 0;  // of its submission, on the timeline; 0: the GPU has none of it
  };

  int next() const { return (newest_ + 1) % jobs_in_flight; }
  Job& at(int job) { return jobs_[static_cast<std::size_t>(job)]; }
  const Job& at(int job) const { return jobs_[static_cast<std::size_t>(job)]; }
  Job make_job() const;
  std::optional<vk::SemaphoreSubmitInfo> wait_for(UniqueFd after);
  void wait_here(int sync_file);
  void submit(Job& job, const std::optional<vk::SemaphoreSubmitInfo>& wait,
              const std::optional<vk::SemaphoreSubmitInfo>& signal);

  GpuTimeline& timeline_;
  AwaitedFences awaited_;
  vk::raii::CommandPool pool_;
  std::array<Job, jobs_in_flight> jobs_;
  int newest_ = jobs_in_flight - 1;
  std::atomic<std::uint64_t> waits_{0};
};

}  // namespace drmshow
