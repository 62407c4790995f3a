#include "render/vulkan/mesh_buffers.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

constexpr const char* kTooLargeHint = "Simplify the model, or choose another GPU with --gpu.";

// What one buffer, in memory of its own, may have.
vk::DeviceSize largest_buffer(const Gpu& gpu) {
  const auto chain =
      gpu.physical()
          .getProperties2<vk::PhysicalDeviceProperties2, vk::PhysicalDeviceMaintenance3Properties,
                          vk::PhysicalDeviceMaintenance4Properties>();
  return std::min(chain.get<vk::PhysicalDeviceMaintenance3Properties>().maxMemoryAllocationSize,
                  chain.get<vk::PhysicalDeviceMaintenance4Properties>().maxBufferSize);
}

GpuBuffer make_buffer(const Gpu& gpu, vk::DeviceSize bytes, vk::BufferUsageFlags usage) {
  const vk::DeviceSize limit = largest_buffer(gpu);
  if (bytes > limit)
    throw Error{
        Failure::gpu,
        fmt::format("the model is too large for {}: {} MB in one buffer, the limit is {} MB",
                    gpu.traits().name, bytes >> 20, limit >> 20),
        kTooLargeHint};
  return {gpu, bytes, usage | vk::BufferUsageFlagBits::eTransferDst, MemoryUse::device};
}

void require_indexable(const Gpu& gpu, std::size_t vertices) {
  const std::uint32_t limit = gpu.limits().maxDrawIndexedIndexValue;
  if (vertices - 1 > limit)
    throw Error{Failure::gpu,
                fmt::format("the model is too large for {}: {} vertices, the limit is {}",
                            gpu.traits().name, vertices, std::uint64_t{limit} + 1),
                kTooLargeHint};
}

// Copies `items` to `to`, each as `change` makes it.
template <class Item, class Change>
void upload(std::span<const Item> items, vk::Buffer to, Staging& staging, const Change& change) {
  constexpr std::size_t kMost = Staging::size() / sizeof(Item);
  for (std::size_t done = 0; done < items.size(); done += kMost) {
    const auto part = items.subspan(done, std::min(kMost, items.size() - done));
    staging.pass(
        part.size_bytes(),
        [&](std::span<std::byte> bytes) {
          for (std::size_t i = 0; i < part.size(); ++i) {
            const Item item = change(part[i]);
            std::memcpy(&bytes[i * sizeof(Item)], &item, sizeof(Item));
          }
        },
        [&](const vk::raii::CommandBuffer& commands, vk::Buffer from) {
          commands.copyBuffer(
              from, to,
              vk::BufferCopy{.dstOffset = done * sizeof(Item), .size = part.size_bytes()});
          const vk::MemoryBarrier2 barrier{
              .srcStageMask = vk::PipelineStageFlagBits2::eCopy,
              .srcAccessMask = vk::AccessFlagBits2::eTransferWrite,
              .dstStageMask = vk::PipelineStageFlagBits2::eVertexInput,
              .dstAccessMask =
                  vk::AccessFlagBits2::eVertexAttributeRead | vk::AccessFlagBits2::eIndexRead};
          commands.pipelineBarrier2({.memoryBarrierCount = 1, .pMemoryBarriers = &barrier});
        });
  }
}

}  // namespace

MeshBuffers::MeshBuffers(const Gpu& gpu, const Mesh& mesh, const Framing& framing, Staging& staging)
    : vertices_{make_buffer(gpu, mesh.vertices.size() * sizeof(Vertex),
                            vk::BufferUsageFlagBits::eVertexBuffer)},
      indices_{make_buffer(gpu, mesh.indices.size() * sizeof(std::uint32_t),
                           vk::BufferUsageFlagBits::eIndexBuffer)} {
  require_indexable(gpu, mesh.vertices.size());
  upload(std::span{mesh.vertices}, vertices_.get(), staging, [&](Vertex vertex) {
    const Vec3 from = vertex.position - framing.centre;
    vertex.position = {from.x / framing.radius, from.y / framing.radius, from.z / framing.radius};
    return vertex;
  });
  upload(std::span{mesh.indices}, indices_.get(), staging, [](std::uint32_t i) { return i; });
}

void MeshBuffers::bind(const vk::raii::CommandBuffer& commands) const {
  const vk::Buffer vertices = vertices_.get();
  constexpr vk::DeviceSize kBeginning = 0;
  commands.bindVertexBuffers(0, vertices, kBeginning);
  commands.bindIndexBuffer(indices_.get(), 0, vk::IndexType::eUint32);
}

}  // namespace drmshow
