#include "render/vulkan/shader_scene.hpp"

#include <utility>

#include "render/vulkan/gpu_error.hpp"
#include "render/vulkan/shader_inputs.hpp"

namespace drmshow {
namespace {

vk::raii::PipelineLayout inputs_layout(const Gpu& gpu) {
  const vk::PushConstantRange range{.stageFlags = vk::ShaderStageFlagBits::eFragment,
                                    .size = sizeof(ShaderInputs)};
  return gpu_call("cannot prepare a shader", [&] {
    return vk::raii::PipelineLayout{
        gpu.device(),
        vk::PipelineLayoutCreateInfo{.pushConstantRangeCount = 1, .pPushConstantRanges = &range}};
  });
}

}  // namespace

ShaderScene::ShaderScene(GpuTimeline& timeline, vk::Format format, SpirvWords fragment,
                         Nanoseconds began, ShaderWrites writes)
    : timeline_{timeline},
      format_{format},
      began_{began},
      writes_{writes},
      layout_{inputs_layout(timeline.gpu())},
      fragment_(fragment.begin(), fragment.end()) {}

vk::raii::Pipeline ShaderScene::make_pipeline(SpirvWords fragment) const {
  return gpu_call("the GPU's driver refuses a shader", [&] {
    return make_pass_pipeline(
        timeline_.gpu(), *layout_, format_, fragment,
        writes_ == ShaderWrites::anything ? Blending::replace_but_alpha : Blending::replace);
  });
}

void ShaderScene::replace(vk::raii::Pipeline pipeline) {
  auto old = std::exchange(pipeline_, std::move(pipeline));
  if (old) timeline_.retire(std::move(*old));
}

void ShaderScene::record(const vk::raii::CommandBuffer& commands, const RenderTarget& target,
                         int /*job*/, const Moment& now) {
  if (!pipeline_) pipeline_ = make_pipeline(fragment_);
  // Shaders may leave pixels out (discard, a sample mask): those are not what was there before.
  const auto load = writes_ == ShaderWrites::anything ? vk::AttachmentLoadOp::eClear
                                                      : vk::AttachmentLoadOp::eDontCare;
  begin_pass(commands, target, load, {{0, 0}, target.size});
  commands.bindPipeline(vk::PipelineBindPoint::eGraphics, **pipeline_);
  commands.pushConstants<ShaderInputs>(*layout_, vk::ShaderStageFlagBits::eFragment, 0,
                                       shader_inputs(now, target.size, began_));
  draw_pass(commands);
  commands.endRendering();
}

}  // namespace drmshow
