#include "vulkan_faults_gpu.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace vulkan_faults {
namespace {

// Of the process: a GPU that was lost is opened again.
std::atomic<int> all_submissions{0};
std::atomic<int> all_fences{0};

template <class Info>
std::vector<Info> copied(const Info* from, std::uint32_t count) {
  return {from, from + count};
}

}  // namespace

Submission::Submission(std::uint32_t count, const VkSubmitInfo2* infos)
    : infos_{copied(infos, count)} {
  for (VkSubmitInfo2& info : infos_) {
    const Parts& parts = parts_.emplace_back(
        Parts{copied(info.pWaitSemaphoreInfos, info.waitSemaphoreInfoCount),
              copied(info.pCommandBufferInfos, info.commandBufferInfoCount),
              copied(info.pSignalSemaphoreInfos, info.signalSemaphoreInfoCount)});
    info.pWaitSemaphoreInfos = parts.waits.data();
    info.pCommandBufferInfos = parts.commands.data();
    info.pSignalSemaphoreInfos = parts.signals.data();
  }
}

VkSemaphore Submission::shared() const {
  for (const Parts& parts : parts_) {
    for (const VkSemaphoreSubmitInfo& signal : parts.signals) {
      if (signal.value == 0) return signal.semaphore;
    }
  }
  return VK_NULL_HANDLE;
}

SlowGpu::SlowGpu(const DeviceBelow& below) : below_{below} {
  const FenceKind kind = settings().fences;
  if (kind == FenceKind::late || kind == FenceKind::hang) {
    thread_ = std::thread{[this] { work(); }};
  }
}

SlowGpu::~SlowGpu() {
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool SlowGpu::lost() const {
  const std::lock_guard lock{mutex_};
  return lost_;
}

// Whoever has been told that a submission is done may end its semaphores.
void SlowGpu::settle() {
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [this] { return !running_; });
}

// Its fences end with an error, as those of a driver that has reset its GPU.
void SlowGpu::lose() {
  lost_ = true;
  function_below<PFN_vkDeviceWaitIdle>(below_, "vkDeviceWaitIdle")(below_.device);
  jobs_.clear();
  never_advanced_.clear();
}

bool SlowGpu::has_faulty_fence(const Submission& submission) {
  return settings().fences != FenceKind::real && submission.shared() != VK_NULL_HANDLE &&
         settings().fences_at.contains(++all_fences);
}

VkResult SlowGpu::submit(VkQueue queue, Submission submission, VkFence fence) {
  const std::lock_guard lock{mutex_};
  if (!lost_ && settings().lost.contains(++all_submissions)) lose();
  if (lost_) return VK_ERROR_DEVICE_LOST;
  if (thread_.joinable()) return put_off({{}, queue, std::move(submission), fence, nullptr});
  if (!has_faulty_fence(submission)) return submit_below(queue, submission, fence);
  std::unique_ptr<SwSync> timeline = give_fence(submission.shared());
  const VkResult result = submit_below(queue, submission, fence);
  if (result == VK_SUCCESS) drop_payload(submission.shared());
  if (settings().fences == FenceKind::never) never_advanced_.push_back(std::move(timeline));
  return result;
}

// Those that are not late have a fence of ours as well: what the thread has still to submit cannot
// be shared below.
VkResult SlowGpu::put_off(Job job) {
  const std::chrono::milliseconds time{settings().fence_ms};
  const bool faulty = has_faulty_fence(job.submission);
  const bool late = faulty && settings().fences == FenceKind::late;
  const bool hangs = faulty && settings().fences == FenceKind::hang;
  job.due = late ? Clock::now() + time : Clock::now();
  if (hangs && lost_at_ == Clock::time_point::max()) lost_at_ = Clock::now() + time;
  if (job.submission.shared() != VK_NULL_HANDLE) job.timeline = give_fence(job.submission.shared());
  jobs_.push_back(std::move(job));
  changed_.notify_all();
  return VK_SUCCESS;
}

VkResult SlowGpu::submit_below(VkQueue queue, const Submission& submission, VkFence fence) {
  return function_below<PFN_vkQueueSubmit2>(below_, "vkQueueSubmit2")(queue, submission.size(),
                                                                      submission.data(), fence);
}

std::unique_ptr<SwSync> SlowGpu::give_fence(VkSemaphore semaphore) {
  drmshow::UniqueFd fence;
  std::unique_ptr<SwSync> timeline;
  if (settings().fences != FenceKind::signalled) {
    timeline = std::make_unique<SwSync>();
    fence = timeline->fence(1);
  }
  if (settings().fences == FenceKind::failing) timeline.reset();
  fences_.insert_or_assign(semaphore, std::move(fence));
  return timeline;
}

// Sharing takes the semaphore's payload, so that it can be signalled again. lavapipe has drawn all
// of it by then.
void SlowGpu::drop_payload(VkSemaphore semaphore) {
  const VkSemaphoreGetFdInfoKHR info{VK_STRUCTURE_TYPE_SEMAPHORE_GET_FD_INFO_KHR, nullptr,
                                     semaphore, VK_EXTERNAL_SEMAPHORE_HANDLE_TYPE_SYNC_FD_BIT};
  int fd = -1;
  function_below<PFN_vkGetSemaphoreFdKHR>(below_, "vkGetSemaphoreFdKHR")(below_.device, &info, &fd);
  const drmshow::UniqueFd closed{fd};
}

VkResult SlowGpu::share(const VkSemaphoreGetFdInfoKHR* info, int* fd) {
  {
    const std::lock_guard lock{mutex_};
    if (lost_) return VK_ERROR_DEVICE_LOST;
    if (const auto ours = fences_.extract(info->semaphore)) {
      *fd = ours.mapped().release();
      return VK_SUCCESS;
    }
  }
  return function_below<PFN_vkGetSemaphoreFdKHR>(below_, "vkGetSemaphoreFdKHR")(below_.device, info,
                                                                                fd);
}

void SlowGpu::work() {
  std::unique_lock lock{mutex_};
  while (!ending_) {
    const bool hangs = lost_at_ != Clock::time_point::max();
    const auto next = hangs           ? lost_at_
                      : jobs_.empty() ? Clock::time_point::max()
                                      : jobs_.front().due;
    if (Clock::now() < next) {
      if (next == Clock::time_point::max()) {
        changed_.wait(lock);
      } else {
        changed_.wait_until(lock, next);
      }
      continue;
    }
    if (hangs) return lose();
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    running_ = true;
    lock.unlock();
    run(job);
    lock.lock();
    running_ = false;
    changed_.notify_all();
  }
}

void SlowGpu::run(Job& job) {
  if (submit_below(job.queue, job.submission, job.fence) != VK_SUCCESS) std::abort();
  if (!job.timeline) return;
  drop_payload(job.submission.shared());
  job.timeline->advance(1);
}

}  // namespace vulkan_faults
