// Turns frames for screens that hang on their side or upside down: they are drawn into an image of
// this pass, and from there into the target.
#pragma once

#include "render/vulkan/memory.hpp"
#include "render/vulkan/scene.hpp"

namespace drmshow {

class TurnPass {
 public:
  /// `quarter_turns`, clockwise: 1 to 3. `screen`: the target's size.
  TurnPass(const Gpu& gpu, vk::Format format, Size screen, int quarter_turns);

  /// What to draw the frame into: its content is for one frame only, whichever job that is in.
  RenderTarget source() const { return {source_.get(), source_.view(), source_.wish().size}; }
  /// Records the turning of what was drawn into source(), which is in COLOR_ATTACHMENT_OPTIMAL.
  void record(const vk::raii::CommandBuffer& commands, const RenderTarget& target) const;

 private:
  int quarter_turns_;
  GpuImage source_;
  vk::raii::Sampler sampler_;
  vk::raii::DescriptorSetLayout set_layout_;
  vk::raii::DescriptorPool pool_;
  vk::raii::DescriptorSet descriptors_;
  vk::raii::PipelineLayout layout_;
  vk::raii::Pipeline pipeline_;
};

}  // namespace drmshow
