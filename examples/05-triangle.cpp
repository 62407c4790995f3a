// 05-triangle [SECONDS]: a Vulkan triangle on a bare screen, turning: on every output, tear-free,
// and without a copy where GPU and display can share memory.
#include <cstdio>
#include <cstdlib>
#include <exception>

#include <drm-show/vulkan.hpp>
#include <vulkan/vulkan.hpp>

namespace {

constexpr std::uint32_t vertex_code[] = {
#include "triangle.vert.inc"
};
constexpr std::uint32_t fragment_code[] = {
#include "triangle.frag.inc"
};

vk::UniquePipelineLayout make_layout(vk::Device device) {
  const vk::PushConstantRange push{vk::ShaderStageFlagBits::eVertex, 0, 2 * sizeof(float)};
  return device.createPipelineLayoutUnique(
      vk::PipelineLayoutCreateInfo{}.setPushConstantRanges(push));
}

vk::UniquePipeline make_pipeline(vk::Device device, vk::PipelineLayout layout, vk::Format format) {
  const auto vertex = device.createShaderModuleUnique({{}, sizeof vertex_code, vertex_code});
  const auto fragment = device.createShaderModuleUnique({{}, sizeof fragment_code, fragment_code});
  const vk::PipelineShaderStageCreateInfo stages[] = {
      {{}, vk::ShaderStageFlagBits::eVertex, *vertex, "main"},
      {{}, vk::ShaderStageFlagBits::eFragment, *fragment, "main"}};
  const vk::PipelineVertexInputStateCreateInfo input;
  const vk::PipelineInputAssemblyStateCreateInfo corners{{}, vk::PrimitiveTopology::eTriangleList};
  const vk::PipelineViewportStateCreateInfo viewport{{}, 1, {}, 1};
  const auto raster = vk::PipelineRasterizationStateCreateInfo{}.setLineWidth(1);
  const vk::PipelineMultisampleStateCreateInfo samples;
  const auto opaque = vk::PipelineColorBlendAttachmentState{}.setColorWriteMask(
      vk::FlagTraits<vk::ColorComponentFlagBits>::allFlags);
  const auto blend = vk::PipelineColorBlendStateCreateInfo{}.setAttachments(opaque);
  const vk::DynamicState varying[] = {vk::DynamicState::eViewport, vk::DynamicState::eScissor};
  const auto dynamic = vk::PipelineDynamicStateCreateInfo{}.setDynamicStates(varying);
  const auto rendering = vk::PipelineRenderingCreateInfo{}.setColorAttachmentFormats(format);
  const vk::GraphicsPipelineCreateInfo pipeline{
      {},     stages,   &input, &corners, nullptr, &viewport, &raster, &samples,  nullptr,
      &blend, &dynamic, layout, {},       0,       {},        0,       &rendering};
  return device.createGraphicsPipelineUnique({}, pipeline).value;
}

void record(const drmshow::VulkanFrame& frame, vk::Pipeline pipeline, vk::PipelineLayout layout,
            float turn) {
  const vk::CommandBuffer commands{frame.commands};
  const vk::Rect2D all{{0, 0}, frame.extent};
  const auto width = static_cast<float>(frame.extent.width);
  const auto height = static_cast<float>(frame.extent.height);
  const auto colour =
      vk::RenderingAttachmentInfo{frame.view, vk::ImageLayout::eColorAttachmentOptimal}.setLoadOp(
          vk::AttachmentLoadOp::eClear);
  commands.beginRendering(
      vk::RenderingInfo{}.setRenderArea(all).setLayerCount(1).setColorAttachments(colour));
  commands.bindPipeline(vk::PipelineBindPoint::eGraphics, pipeline);
  commands.setViewport(0, vk::Viewport{0, 0, width, height, 0, 1});
  commands.setScissor(0, all);
  commands.pushConstants<float>(layout, vk::ShaderStageFlagBits::eVertex, 0,
                                {turn, width / height});
  commands.draw(3, 1, 0, 0);
  commands.endRendering();
}

}  // namespace

int main(int argc, char** argv) try {
  const auto device = drmshow::Device::open();
  drmshow::VulkanGpu gpu{device};
  drmshow::KmsPresenter presenter{device, {}, {.images = &gpu.images()}};
  const auto layout = make_layout(gpu.device());
  std::vector<vk::UniquePipeline> pipelines;  // for each stream
  for (const auto& stream : presenter.streams()) {
    const auto& output = presenter.outputs()[stream.outputs.front()];
    const auto format = static_cast<vk::Format>(drmshow::vulkan_format(output.format));
    pipelines.push_back(make_pipeline(gpu.device(), *layout, format));
  }
  drmshow::VulkanPainter painter{gpu};
  const auto begin = drmshow::Clock::now();
  const auto end = begin + std::chrono::seconds{argc > 1 ? std::atoi(argv[1]) : 10};
  while (drmshow::Clock::now() < end) {
    while (const auto canvas = presenter.acquire()) {
      const float turn = std::chrono::duration<float>{canvas->shows_at - begin}.count();
      auto drawn = painter.draw(*canvas, [&](const drmshow::VulkanFrame& frame) {
        record(frame, *pipelines[canvas->stream], *layout, turn);
      });
      presenter.submit(*canvas, std::move(drawn));
    }
    presenter.wait({}, end);
  }
  std::printf("drawn by %s: %s\n", gpu.name().c_str(), gpu.reason().c_str());
  return 0;  // and the destructors wait for the GPU, and bring back what was there
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
