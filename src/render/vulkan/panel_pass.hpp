// Lays panels (render/cpu/panel.hpp) over a frame.
//
// The processor draws them, with the same code as into frames of its own, into memory that the GPU
// reads while it blends: each job has its own, which is only written when the panel looks different
// from what it has. The result differs from the processor's blending by rounding only.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "render/cpu/panel.hpp"
#include "render/vulkan/memory.hpp"
#include "render/vulkan/scene.hpp"

namespace drmshow {

class PanelPass {
 public:
  /// Targets are of `format`, with values as the display gets them: no sRGB format.
  PanelPass(const Gpu& gpu, vk::Format format);

  /// `panel` must live longer; those added later are laid over earlier ones. Not while the GPU is
  /// at work with this pass. At most most_panels.
  void add(Panel& panel);
  static constexpr std::size_t most_panels = 4;

  bool empty() const { return panels_.empty(); }
  /// Records the drawing over what `target` has. What belongs to `job` is not in use by the GPU.
  void record(const vk::raii::CommandBuffer& commands, const RenderTarget& target, int job,
              const Moment& now);

 private:
  struct Copy {
    GpuBuffer buffer;
    vk::raii::DescriptorSet descriptors;
    std::uint64_t version = 0;  // of what is in the buffer, plus 1; 0: nothing yet
  };
  struct Shown {
    Panel* panel;
    std::array<Copy, jobs_in_flight> copies;
  };

  Copy make_copy(const Panel& panel) const;
  void update(const Panel& panel, Copy& copy);

  const Gpu& gpu_;
  vk::raii::DescriptorSetLayout set_layout_;
  vk::raii::DescriptorPool pool_;
  vk::raii::PipelineLayout layout_;
  vk::raii::Pipeline pipeline_;
  std::vector<Shown> panels_;
  std::vector<Pixel> line_;  // as long as the widest panel: the memory is written only, in order
};

}  // namespace drmshow
