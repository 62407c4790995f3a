// A mesh's vertices and indices in the GPU.
#pragma once

#include "content/mesh.hpp"
#include "render/scene/camera.hpp"
#include "render/vulkan/memory.hpp"
#include "render/vulkan/staging.hpp"

namespace drmshow {

class MeshBuffers {
 public:
  /// Positions are taken relative to `framing`. Throws Error (gpu) if the GPU cannot hold so many.
  MeshBuffers(const Gpu& gpu, const Mesh& mesh, const Framing& framing, Staging& staging);

  void bind(const vk::raii::CommandBuffer& commands) const;

 private:
  GpuBuffer vertices_;
  GpuBuffer indices_;
};

}  // namespace drmshow
