#include "render/vulkan/run_once.hpp"

#include <limits>
#include <utility>

namespace drmshow {
namespace {

vk::raii::CommandBuffer one_buffer(const Gpu& gpu, const vk::raii::CommandPool& pool) {
  vk::raii::CommandBuffers buffers{
      gpu.device(), vk::CommandBufferAllocateInfo{.commandPool = *pool,
                                                  .level = vk::CommandBufferLevel::ePrimary,
                                                  .commandBufferCount = 1}};
  return std::move(buffers.front());
}

}  // namespace

OneTimeCommands::OneTimeCommands(const Gpu& gpu)
    : gpu_{gpu},
      pool_{gpu.device(), vk::CommandPoolCreateInfo{.queueFamilyIndex = gpu.family()}},
      commands_{one_buffer(gpu, pool_)} {
  commands_.begin({.flags = vk::CommandBufferUsageFlagBits::eOneTimeSubmit});
}

void OneTimeCommands::run() {
  commands_.end();
  const vk::raii::Fence done{gpu_.device(), vk::FenceCreateInfo{}};
  const vk::CommandBufferSubmitInfo buffer{.commandBuffer = *commands_};
  gpu_.queue().submit2(vk::SubmitInfo2{.commandBufferInfoCount = 1, .pCommandBufferInfos = &buffer},
                       *done);
  static_cast<void>(
      gpu_.device().waitForFences(*done, true, std::numeric_limits<std::uint64_t>::max()));
}

}  // namespace drmshow
