#include "render/vulkan/render_fence.hpp"

#include "render/vulkan/gpu_error.hpp"

namespace drmshow {
namespace {

constexpr auto sync_file_type = vk::ExternalSemaphoreHandleTypeFlagBits::eSyncFd;

vk::raii::Semaphore make_exported(const Gpu& gpu) {
  const vk::ExportSemaphoreCreateInfo exported{.handleTypes = sync_file_type};
  return {gpu.device(), vk::SemaphoreCreateInfo{.pNext = &exported}};
}

vk::SemaphoreSubmitInfo all_commands(vk::Semaphore semaphore) {
  return {.semaphore = semaphore, .stageMask = vk::PipelineStageFlagBits2::eAllCommands};
}

}  // namespace

DrawnFence::DrawnFence(const Gpu& gpu)
    : gpu_{gpu}, semaphore_{gpu_call("cannot make a fence", [&] { return make_exported(gpu); })} {}

vk::SemaphoreSubmitInfo DrawnFence::signal() const {
  return all_commands(*semaphore_);
}

UniqueFd DrawnFence::take() const {
  return UniqueFd{gpu_call("cannot share a fence", [this] {
    return gpu_.device().getSemaphoreFdKHR(
        {.semaphore = *semaphore_, .handleType = sync_file_type});
  })};
}

std::optional<vk::SemaphoreSubmitInfo> AwaitedFences::wait_for(UniqueFd sync_file) {
  if (!sync_file) return std::nullopt;
  const vk::Semaphore semaphore = free_semaphore();
  gpu_call("cannot wait for a fence", [&] {
    timeline_.gpu().device().importSemaphoreFdKHR({.semaphore = semaphore,
                                                   .flags = vk::SemaphoreImportFlagBits::eTemporary,
                                                   .handleType = sync_file_type,
                                                   .fd = sync_file.get()});
  });
  static_cast<void>(sync_file.release());  // Vulkan's now; after a failure it is still ours
  return all_commands(semaphore);
}

// Importing into one that a submission still waits for is forbidden.
vk::Semaphore AwaitedFences::free_semaphore() {
  const std::uint64_t completed = timeline_.completed();
  for (Place& place : places_) {
    if (place.busy_until > completed) continue;
    place.busy_until = timeline_.next();
    return *place.semaphore;
  }
  places_.push_back(
      {gpu_call("cannot make a fence",
                [this] {
                  return vk::raii::Semaphore{timeline_.gpu().device(), vk::SemaphoreCreateInfo{}};
                }),
       timeline_.next()});
  return *places_.back().semaphore;
}

}  // namespace drmshow
