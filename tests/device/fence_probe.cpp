// fence-probe: fences between Vulkan, dmabufs and strangers (sw_sync), where the GPU imports and
// exports them. Says what went wrong, or "all is well".
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <thread>

#include <linux/udmabuf.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "drm/dmabuf_sync.hpp"
#include "drm/sync_file.hpp"
#include "render/vulkan/render_fence.hpp"
#include "sw_sync.hpp"

namespace {

using namespace drmshow;
using namespace std::chrono_literals;

void expect(bool holds, const char* what) {
  if (!holds) throw std::runtime_error{what};
}

/// A page that devices could share.
UniqueFd make_dmabuf() {
  constexpr std::uint64_t page = 4096;
  const UniqueFd memory{::memfd_create("fence-probe", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
  expect(::ftruncate(memory.get(), page) == 0, "no memory");
  expect(::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK) == 0, "no seal");
  const UniqueFd maker{::open("/dev/udmabuf", O_RDWR | O_CLOEXEC)};
  udmabuf_create create{.memfd = static_cast<std::uint32_t>(memory.get()),
                        .flags = UDMABUF_FLAGS_CLOEXEC,
                        .offset = 0,
                        .size = page};
  return UniqueFd{::ioctl(maker.get(), UDMABUF_CREATE, &create)};
}

/// Nothing but waiting and signalling.
std::uint64_t submit(GpuTimeline& timeline, const std::optional<vk::SemaphoreSubmitInfo>& wait,
                     const DrawnFence* drawn = nullptr) {
  const std::uint64_t value = timeline.next();
  const vk::SemaphoreSubmitInfo signals[] = {timeline.signal(value),
                                             drawn ? drawn->signal() : timeline.signal(value)};
  timeline.gpu().queue().submit2(vk::SubmitInfo2{.waitSemaphoreInfoCount = wait ? 1U : 0U,
                                                 .pWaitSemaphoreInfos = wait ? &*wait : nullptr,
                                                 .signalSemaphoreInfoCount = drawn ? 2U : 1U,
                                                 .pSignalSemaphoreInfos = signals});
  timeline.submitted(value);
  return value;
}

void check_drawn(GpuTimeline& timeline) {
  const DrawnFence drawn{timeline.gpu()};
  for (int frame = 0; frame < 3; ++frame) {  // the same semaphore, again and again
    const std::uint64_t value = submit(timeline, {}, &drawn);
    const UniqueFd fence = drawn.take();
    timeline.wait(value);
    expect(!fence || fence_state(fence.get()) == FenceState::signalled, "a frame is not done");
  }
}

void check_awaited(GpuTimeline& timeline) {
  AwaitedFences awaited{timeline};
  expect(!awaited.wait_for(UniqueFd{}), "there is something to wait for, without a fence");
  const SwSync strangers;
  const auto first = awaited.wait_for(strangers.fence(1));
  const std::uint64_t one = submit(timeline, first);
  std::this_thread::sleep_for(50ms);
  expect(timeline.completed() < one, "the GPU has not waited");
  const auto second = awaited.wait_for(strangers.fence(2));
  expect(second->semaphore != first->semaphore, "a semaphore in use is used again");
  const std::uint64_t two = submit(timeline, second);
  strangers.advance(2);
  timeline.wait(two);
  const auto third = awaited.wait_for(strangers.fence(2));
  expect(third->semaphore == first->semaphore, "a semaphore is not used again");
  timeline.wait(submit(timeline, third));
}

void check_dmabuf() {
  const UniqueFd dmabuf = make_dmabuf();
  const SwSync strangers;
  expect(attach_fence(dmabuf.get(), strangers.fence(1).get(), DmabufUse::write) == 0,
         "no fence can be attached");
  const DmabufFence before = fence_to_wait_for(dmabuf.get(), DmabufUse::read);
  expect(before.errnum == 0 && fence_state(before.sync_file.get()) == FenceState::unsignalled,
         "who reads does not wait for who writes");
  strangers.advance(1);
  expect(fence_state(before.sync_file.get()) == FenceState::signalled, "it never ends");
  expect(attach_fence(dmabuf.get(), strangers.fence(2).get(), DmabufUse::read) == 0,
         "no fence can be attached for reading");
  const DmabufFence reader = fence_to_wait_for(dmabuf.get(), DmabufUse::read);
  expect(fence_state(reader.sync_file.get()) == FenceState::signalled, "readers wait for readers");
  const DmabufFence writer = fence_to_wait_for(dmabuf.get(), DmabufUse::write);
  expect(fence_state(writer.sync_file.get()) == FenceState::unsignalled,
         "who writes does not wait for who reads");
  strangers.advance(1);
  const UniqueFd no_dmabuf{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
  expect(fence_to_wait_for(no_dmabuf.get(), DmabufUse::read).errnum == ENOTTY, "not ENOTTY");
  expect(attach_fence(no_dmabuf.get(), 0, DmabufUse::read) == ENOTTY, "not ENOTTY");
}

/// The GPU is not done: what is retired must wait.
void check_retired(GpuTimeline& timeline) {
  AwaitedFences awaited{timeline};
  const SwSync strangers;
  const std::uint64_t value = submit(timeline, awaited.wait_for(strangers.fence(1)));
  timeline.retire(vk::raii::Semaphore{timeline.gpu().device(), vk::SemaphoreCreateInfo{}});
  timeline.collect();
  expect(timeline.retired() == 1, "it ended while the GPU may have used it");
  strangers.advance(1);
  timeline.wait(value);
  timeline.collect();
  expect(timeline.retired() == 0, "it never ends");
}

}  // namespace

int main() try {
  check_dmabuf();
  const Gpu gpu;
  expect(gpu.traits().exports_fences && gpu.traits().imports_fences, "the GPU has no fences");
  GpuTimeline timeline{gpu};
  check_drawn(timeline);
  check_awaited(timeline);
  check_retired(timeline);
  std::printf("all is well\n");
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "fence-probe: %s\n", error.what());
  return 1;
}
