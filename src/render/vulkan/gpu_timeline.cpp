#include "render/vulkan/gpu_timeline.hpp"

#include <exception>
#include <limits>

#include "render/vulkan/gpu_error.hpp"

namespace drmshow {
namespace {

vk::raii::Semaphore make_timeline(const Gpu& gpu) {
  const vk::SemaphoreTypeCreateInfo type{.semaphoreType = vk::SemaphoreType::eTimeline};
  return {gpu.device(), vk::SemaphoreCreateInfo{.pNext = &type}};
}

}  // namespace

GpuTimeline::GpuTimeline(const Gpu& gpu)
    : gpu_{gpu}, semaphore_{gpu_call("cannot start drawing", [&] { return make_timeline(gpu); })} {}

GpuTimeline::~GpuTimeline() {
  try {
    wait_for_all();
  } catch (const Error& lost) {
    static_cast<void>(lost);  // it is at work on nothing any more
  }
}

vk::SemaphoreSubmitInfo GpuTimeline::signal(std::uint64_t value) const {
  return {.semaphore = *semaphore_,
          .value = value,
          .stageMask = vk::PipelineStageFlagBits2::eAllCommands};
}

std::uint64_t GpuTimeline::completed() const {
  return gpu_call("cannot ask the GPU how far it is",
                  [this] { return semaphore_.getCounterValue(); });
}

bool GpuTimeline::idle() const noexcept {
  try {
    return completed() >= submitted_;
  } catch (const std::exception& lost) {
    static_cast<void>(lost);
    return true;
  }
}

void GpuTimeline::wait(std::uint64_t value) const {
  const vk::SemaphoreWaitInfo info{
      .semaphoreCount = 1, .pSemaphores = &*semaphore_, .pValues = &value};
  gpu_call("cannot wait for the GPU", [&] {
    static_cast<void>(
        gpu_.device().waitSemaphores(info, std::numeric_limits<std::uint64_t>::max()));
  });
}

void GpuTimeline::collect() {
  if (retired() == 0) return;
  const std::uint64_t done = completed();
  const std::lock_guard lock{retiring_};
  retired_.collect(done);
}

}  // namespace drmshow
