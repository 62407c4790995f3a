// The way of large content into the GPU: through a small buffer, piece by piece.
#pragma once

#include <cstddef>
#include <span>

#include "render/vulkan/memory.hpp"
#include "render/vulkan/run_once.hpp"

namespace drmshow {

class Staging {
 public:
  explicit Staging(const Gpu& gpu)
      : gpu_{gpu}, buffer_{gpu, kBytes, vk::BufferUsageFlagBits::eTransferSrc, MemoryUse::upload} {}

  static constexpr std::size_t size() { return kBytes; }

  /// Has `fill(span<std::byte>)` write `count` bytes, at most size(), and runs
  /// `record(commands, buffer)`, which copies them from the buffer's beginning.
  template <class Fill, class Record>
  void pass(std::size_t count, const Fill& fill, const Record& record) {
    fill(buffer_.bytes().first(count));
    run_once(gpu_,
             [&](const vk::raii::CommandBuffer& commands) { record(commands, buffer_.get()); });
  }

 private:
  static constexpr std::size_t kBytes = 8 << 20;

  const Gpu& gpu_;
  GpuBuffer buffer_;
};

}  // namespace drmshow
