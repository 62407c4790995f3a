// How far the GPU has come: a timeline semaphore that each submission moves on by one. It tells
// when a job's command buffer can be used again, and when images that are not shown any more can
// end.
//
//   const std::uint64_t value = timeline.next();
//   … submit2 with timeline.signal(value) among what it signals …
//   timeline.submitted(value);
//   … later: timeline.wait(value), or timeline.completed() >= value …
//
// All from one thread at a time, whoever submits; but images may end in another: retire() is for
// any.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <utility>

#include "render/vulkan/gpu.hpp"
#include "render/vulkan/graveyard.hpp"

namespace drmshow {

class GpuTimeline {
 public:
  /// `gpu` must outlive it.
  explicit GpuTimeline(const Gpu& gpu);
  /// Waits for all that was submitted (a lost GPU is not waited for), then ends what is retired.
  ~GpuTimeline();
  GpuTimeline(const GpuTimeline&) = delete;
  GpuTimeline& operator=(const GpuTimeline&) = delete;

  const Gpu& gpu() const { return gpu_; }

  /// What the next submission is to signal. Stays the same until submitted() is told.
  std::uint64_t next() const { return submitted_ + 1; }
  vk::SemaphoreSubmitInfo signal(std::uint64_t value) const;
  /// The submission that signals `value`, which was next(), has been made.
  void submitted(std::uint64_t value) { submitted_ = value; }
  /// The newest submission's value; 0 if there was none.
  std::uint64_t newest() const { return submitted_; }

  /// All submissions up to this value are done. Throws GpuLost.
  std::uint64_t completed() const;
  /// All that was submitted is done, or will not be: the GPU is lost.
  bool idle() const noexcept;
  /// Waits on the CPU. Throws GpuLost.
  void wait(std::uint64_t value) const;
  void wait_for_all() const { wait(submitted_); }

  /// Takes over a Vulkan object (any vk::raii type, or a struct of them), and ends it when the GPU
  /// is done with all that has been submitted until now.
  template <class Object>
  void retire(Object object) {
    const std::lock_guard lock{retiring_};
    retired_.bury(std::move(object), submitted_);
  }
  /// Ends what is retired and not in use any more. Cheap: call it once a frame. Throws GpuLost.
  void collect();
  /// So many objects wait for their end.
  std::size_t retired() const {
    const std::lock_guard lock{retiring_};
    return retired_.size();
  }

 private:
  const Gpu& gpu_;
  vk::raii::Semaphore semaphore_;
  std::atomic<std::uint64_t> submitted_{0};
  mutable std::mutex retiring_;  // of retired_
  Graveyard retired_;
};

}  // namespace drmshow
