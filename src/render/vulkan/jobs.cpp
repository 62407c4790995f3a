#include "render/vulkan/jobs.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include <poll.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

// Whatever a frame waits for is about as fast as a frame, or stuck.
constexpr std::chrono::milliseconds wait_limit = 3s;

vk::raii::CommandPool make_pool(const Gpu& gpu) {
  return {gpu.device(),
          vk::CommandPoolCreateInfo{.flags = vk::CommandPoolCreateFlagBits::eResetCommandBuffer,
                                    .queueFamilyIndex = gpu.family()}};
}

}  // namespace

Jobs::Jobs(GpuTimeline& timeline)
    : timeline_{timeline},
      awaited_{timeline},
      pool_{make_pool(timeline.gpu())},
      jobs_{make_job(), make_job()} {}

Jobs::~Jobs() {
  try {
    for (const Job& job : jobs_) timeline_.wait(job.value);
  } catch (const Error& lost) {
    static_cast<void>(lost);  // it is at work on nothing any more
  }
}

Jobs::Job Jobs::make_job() const {
  const Gpu& gpu = timeline_.gpu();
  vk::raii::CommandBuffers buffers{
      gpu.device(), vk::CommandBufferAllocateInfo{.commandPool = *pool_,
                                                  .level = vk::CommandBufferLevel::ePrimary,
                                                  .commandBufferCount = 1}};
  Job job{std::move(buffers.front()), std::nullopt};
  if (gpu.traits().exports_fences) job.drawn.emplace(gpu);
  return job;
}

// The driver is asked once for each frame: begin() knows then.
bool Jobs::ready() {
  Job& job = at(next());
  if (job.value != 0 && timeline_.completed() < job.value) return false;
  job.value = 0;
  return true;
}

bool Jobs::idle() const {
  try {
    return std::ranges::all_of(jobs_, [this](const Job& job) {
      return job.value == 0 || timeline_.completed() >= job.value;
    });
  } catch (const Error& lost) {
    static_cast<void>(lost);
    return true;
  }
}

int Jobs::begin() {
  newest_ = next();
  finish(newest_);
  timeline_.collect();
  Job& job = at(newest_);
  if (job.recording) job.commands.reset();  // whoever recorded threw
  job.commands.begin({.flags = vk::CommandBufferUsageFlagBits::eOneTimeSubmit});
  job.recording = true;
  return newest_;
}

void Jobs::finish(int job) {
  const std::uint64_t value = at(job).value;
  if (value == 0 || timeline_.completed() >= value) return;
  ++waits_;
  timeline_.wait(value);
}

void Jobs::submit(int job, UniqueFd after) {
  submit(at(job), wait_for(std::move(after)), std::nullopt);
}

UniqueFd Jobs::submit_for_display(int job, UniqueFd after) {
  const auto wait = wait_for(std::move(after));
  if (auto& drawn = at(job).drawn) {
    submit(at(job), wait, drawn->signal());
    try {
      return drawn->take();
    } catch (const Error&) {  // it stays signalled, and cannot be signalled again
      finish(job);
      drawn.emplace(timeline_.gpu());
      throw;
    }
  }
  submit(at(job), wait, std::nullopt);
  finish(job);
  return {};
}

// Where the GPU cannot, the processor waits.
std::optional<vk::SemaphoreSubmitInfo> Jobs::wait_for(UniqueFd after) {
  if (after && !timeline_.gpu().traits().imports_fences) {
    wait_here(after.get());
    after.reset();
  }
  return awaited_.wait_for(std::move(after));
}

void Jobs::wait_here(int sync_file) {
  ++waits_;
  pollfd wanted{.fd = sync_file, .events = POLLIN, .revents = 0};
  int ready = 0;
  do {
    ready = ::poll(&wanted, 1, static_cast<int>(wait_limit.count()));
  } while (ready < 0 && errno == EINTR);
  if (ready < 0) throw Error{Failure::unexpected, "cannot wait for a fence", "", errno};
  if (ready == 0) throw Error{Failure::gpu, "what a frame is drawn with is never finished"};
}

void Jobs::submit(Job& job, const std::optional<vk::SemaphoreSubmitInfo>& wait,
                  const std::optional<vk::SemaphoreSubmitInfo>& signal) {
  job.commands.end();
  job.recording = false;
  const std::uint64_t value = timeline_.next();
  const vk::SemaphoreSubmitInfo signals[] = {timeline_.signal(value),
                                             signal.value_or(vk::SemaphoreSubmitInfo{})};
  const vk::CommandBufferSubmitInfo commands{.commandBuffer = *job.commands};
  timeline_.gpu().queue().submit2(vk::SubmitInfo2{.waitSemaphoreInfoCount = wait ? 1u : 0u,
                                                  .pWaitSemaphoreInfos = wait ? &*wait : nullptr,
                                                  .commandBufferInfoCount = 1,
                                                  .pCommandBufferInfos = &commands,
                                                  .signalSemaphoreInfoCount = signal ? 2u : 1u,
                                                  .pSignalSemaphoreInfos = signals});
  timeline_.submitted(value);
  job.value = value;
}

}  // namespace drmshow
