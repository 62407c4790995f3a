// Draws an exhibit: a model on its turntable, or the room.
#pragma once

#include <memory>
#include <vector>

#include "render/vulkan/loaded_exhibit.hpp"
#include "render/vulkan/memory.hpp"
#include "render/vulkan/mesh_pipeline.hpp"
#include "render/vulkan/scene.hpp"

namespace drmshow {

class MeshScene final : public Scene {
 public:
  /// For targets of `format`, which hold sRGB codes (no SRGB format), and of `size`. Throws Error
  /// (gpu).
  MeshScene(const Gpu& gpu, vk::Format format, Size size,
            std::shared_ptr<const LoadedExhibit> exhibit);

  void record(const vk::raii::CommandBuffer& commands, const RenderTarget& target, int job,
              const Moment& now) override;

 private:
  void prepare_attachments(const vk::raii::CommandBuffer& commands) const;
  void begin(const vk::raii::CommandBuffer& commands, const RenderTarget& target) const;
  void draw_parts(const vk::raii::CommandBuffer& commands, const View& view) const;

  std::shared_ptr<const LoadedExhibit> exhibit_;
  vk::SampleCountFlagBits samples_;
  vk::raii::PipelineLayout layout_;
  vk::raii::Pipeline pipeline_;
  // Of all jobs: a frame is drawn after the one before it.
  GpuImage depth_;
  std::vector<GpuImage> colour_;  // one if there are several samples, which the target gets mixed
};

}  // namespace drmshow
