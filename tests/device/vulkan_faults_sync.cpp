// The layer's functions about submissions, waits and sync files: each asks the device's SlowGpu.
#include <algorithm>
#include <cstring>

#include "vulkan_faults_gpu.hpp"

namespace vulkan_faults {
namespace {

// How long a wait looks away from whether the GPU was lost.
constexpr std::uint64_t short_wait = 5'000'000;  // ns

VKAPI_ATTR VkResult VKAPI_CALL queue_submit(VkQueue queue, std::uint32_t count,
                                            const VkSubmitInfo2* infos, VkFence fence) {
  return device_below(queue).gpu->submit(queue, Submission{count, infos}, fence);
}

VKAPI_ATTR VkResult VKAPI_CALL get_semaphore_fd(VkDevice device,
                                                const VkSemaphoreGetFdInfoKHR* info, int* fd) {
  return device_below(device).gpu->share(info, fd);
}

/// Calls wait(nanoseconds) for so long; a lost GPU ends it.
template <class Wait>
VkResult wait_in_pieces(SlowGpu& gpu, std::uint64_t left, const Wait& wait) {
  for (;;) {
    if (gpu.lost()) return VK_ERROR_DEVICE_LOST;
    const std::uint64_t piece = std::min(left, short_wait);
    const VkResult result = wait(piece);
    gpu.settle();
    if (result != VK_TIMEOUT || piece == left) return result;
    if (left != UINT64_MAX) left -= piece;
  }
}

VKAPI_ATTR VkResult VKAPI_CALL wait_semaphores(VkDevice device, const VkSemaphoreWaitInfo* info,
                                               std::uint64_t timeout) {
  const DeviceBelow below = device_below(device);
  const auto wait = function_below<PFN_vkWaitSemaphores>(below, "vkWaitSemaphores");
  return wait_in_pieces(*below.gpu, timeout,
                        [&](std::uint64_t piece) { return wait(device, info, piece); });
}

VKAPI_ATTR VkResult VKAPI_CALL wait_fences(VkDevice device, std::uint32_t count,
                                           const VkFence* fences, VkBool32 all,
                                           std::uint64_t timeout) {
  const DeviceBelow below = device_below(device);
  const auto wait = function_below<PFN_vkWaitForFences>(below, "vkWaitForFences");
  return wait_in_pieces(*below.gpu, timeout, [&](std::uint64_t piece) {
    return wait(device, count, fences, all, piece);
  });
}

VKAPI_ATTR VkResult VKAPI_CALL get_counter(VkDevice device, VkSemaphore semaphore,
                                           std::uint64_t* value) {
  const DeviceBelow below = device_below(device);
  if (below.gpu->lost()) return VK_ERROR_DEVICE_LOST;
  const VkResult result = function_below<PFN_vkGetSemaphoreCounterValue>(
      below, "vkGetSemaphoreCounterValue")(device, semaphore, value);
  below.gpu->settle();
  return result;
}

}  // namespace

PFN_vkVoidFunction find_fence_function(const char* name) {
  const auto is = [name](const char* other) { return std::strcmp(name, other) == 0; };
  if (is("vkQueueSubmit2")) return reinterpret_cast<PFN_vkVoidFunction>(queue_submit);
  if (is("vkGetSemaphoreFdKHR")) return reinterpret_cast<PFN_vkVoidFunction>(get_semaphore_fd);
  if (is("vkWaitSemaphores")) return reinterpret_cast<PFN_vkVoidFunction>(wait_semaphores);
  if (is("vkWaitForFences")) return reinterpret_cast<PFN_vkVoidFunction>(wait_fences);
  if (is("vkGetSemaphoreCounterValue")) return reinterpret_cast<PFN_vkVoidFunction>(get_counter);
  return nullptr;
}

}  // namespace vulkan_faults
