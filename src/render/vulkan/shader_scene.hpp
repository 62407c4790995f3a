// A fragment shader that fills the frame.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "render/vulkan/gpu_timeline.hpp"
#include "render/vulkan/pass.hpp"
#include "render/vulkan/scene.hpp"

namespace drmshow {

/// What a shader is known to write.
enum class ShaderWrites : std::uint8_t {
  anything,       ///< it may leave pixels out, and has any alpha: both come out as opaque
  opaque_pixels,  ///< all of them, with an alpha of 1
};

class ShaderScene : public Scene {
 public:
  /// `fragment`: SPIR-V that gets ShaderInputs, if anything; the driver compiles it with the first
  /// frame. `began`: see shader_inputs(). Throws Error (gpu).
  ShaderScene(GpuTimeline& timeline, vk::Format format, SpirvWords fragment, Nanoseconds began,
              ShaderWrites writes = ShaderWrites::anything);

  void record(const vk::raii::CommandBuffer& commands, const RenderTarget& target, int job,
              const Moment& now) override;
  /// For replace(); in any thread. Throws Error (gpu).
  vk::raii::Pipeline make_pipeline(SpirvWords fragment) const;
  /// Draws with `pipeline` from the next frame on.
  void replace(vk::raii::Pipeline pipeline);

 private:
  GpuTimeline& timeline_;
  vk::Format format_;
  Nanoseconds began_;
  ShaderWrites writes_;
  vk::raii::PipelineLayout layout_;
  std::vector<std::uint32_t> fragment_;         // until there is a pipeline
  std::optional<vk::raii::Pipeline> pipeline_;  // made where the first frame is recorded
};

}  // namespace drmshow
