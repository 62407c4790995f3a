#include "render/vulkan/pass.hpp"

#include <array>

#include "screen.vert.hpp"

namespace drmshow {
namespace {

using Colour = vk::ColorComponentFlagBits;

constexpr std::array opaque_black{0.f, 0.f, 0.f, 1.f};

vk::ColorComponentFlags written(Blending blending) {
  const vk::ColorComponentFlags colours = Colour::eR | Colour::eG | Colour::eB;
  return blending == Blending::replace_but_alpha ? colours : colours | Colour::eA;
}

vk::PipelineColorBlendAttachmentState blend_state(Blending blending) {
  return {.blendEnable = blending == Blending::over,
          .srcColorBlendFactor = vk::BlendFactor::eOne,
          .dstColorBlendFactor = vk::BlendFactor::eOneMinusSrcAlpha,
          .colorBlendOp = vk::BlendOp::eAdd,
          .srcAlphaBlendFactor = vk::BlendFactor::eOne,
          .dstAlphaBlendFactor = vk::BlendFactor::eOneMinusSrcAlpha,
          .alphaBlendOp = vk::BlendOp::eAdd,
          .colorWriteMask = written(blending)};
}

constexpr vk::DynamicState dynamic_states[] = {vk::DynamicState::eViewport,
                                               vk::DynamicState::eScissor};

}  // namespace

vk::raii::ShaderModule make_module(const Gpu& gpu, SpirvWords words) {
  return {gpu.device(),
          vk::ShaderModuleCreateInfo{.codeSize = words.size_bytes(), .pCode = words.data()}};
}

vk::raii::DescriptorSetLayout make_set_layout(const Gpu& gpu, vk::DescriptorType type) {
  const vk::DescriptorSetLayoutBinding binding{.descriptorType = type,
                                               .descriptorCount = 1,
                                               .stageFlags = vk::ShaderStageFlagBits::eFragment};
  return {gpu.device(),
          vk::DescriptorSetLayoutCreateInfo{.bindingCount = 1, .pBindings = &binding}};
}

vk::raii::PipelineLayout make_layout(const Gpu& gpu, vk::DescriptorSetLayout set,
                                     vk::PushConstantRange push) {
  return {gpu.device(), vk::PipelineLayoutCreateInfo{.setLayoutCount = 1,
                                                     .pSetLayouts = &set,
                                                     .pushConstantRangeCount = 1,
                                                     .pPushConstantRanges = &push}};
}

vk::raii::Pipeline make_pass_pipeline(const Gpu& gpu, vk::PipelineLayout layout, vk::Format format,
                                      SpirvWords fragment, Blending blending) {
  const auto vertex_module = make_module(gpu, spirv::screen_vert);
  const auto fragment_module = make_module(gpu, fragment);
  const std::array stages{
      vk::PipelineShaderStageCreateInfo{
          .stage = vk::ShaderStageFlagBits::eVertex, .module = *vertex_module, .pName = "main"},
      vk::PipelineShaderStageCreateInfo{.stage = vk::ShaderStageFlagBits::eFragment,
                                        .module = *fragment_module,
                                        .pName = "main"}};
  const vk::PipelineVertexInputStateCreateInfo input{};
  const vk::PipelineInputAssemblyStateCreateInfo assembly{.topology =
                                                              vk::PrimitiveTopology::eTriangleList};
  const vk::PipelineViewportStateCreateInfo viewport{.viewportCount = 1, .scissorCount = 1};
  const vk::PipelineRasterizationStateCreateInfo rasterization{
      .cullMode = vk::CullModeFlagBits::eNone, .lineWidth = 1};
  const vk::PipelineMultisampleStateCreateInfo samples{.rasterizationSamples =
                                                           vk::SampleCountFlagBits::e1};
  const auto blend = blend_state(blending);
  const vk::PipelineColorBlendStateCreateInfo blends{.attachmentCount = 1, .pAttachments = &blend};
  const vk::PipelineDynamicStateCreateInfo dynamic{.dynamicStateCount = std::size(dynamic_states),
                                                   .pDynamicStates = dynamic_states};
  const vk::PipelineRenderingCreateInfo rendering{.colorAttachmentCount = 1,
                                                  .pColorAttachmentFormats = &format};
  return {gpu.device(), nullptr,
          vk::GraphicsPipelineCreateInfo{.pNext = &rendering,
                                         .stageCount = static_cast<std::uint32_t>(stages.size()),
                                         .pStages = stages.data(),
                                         .pVertexInputState = &input,
                                         .pInputAssemblyState = &assembly,
                                         .pViewportState = &viewport,
                                         .pRasterizationState = &rasterization,
                                         .pMultisampleState = &samples,
                                         .pColorBlendState = &blends,
                                         .pDynamicState = &dynamic,
                                         .layout = layout}};
}

void begin_pass(const vk::raii::CommandBuffer& commands, const RenderTarget& target,
                vk::AttachmentLoadOp load, Rect box) {
  const vk::RenderingAttachmentInfo colour{.imageView = target.view,
                                           .imageLayout = vk::ImageLayout::eColorAttachmentOptimal,
                                           .loadOp = load,
                                           .storeOp = vk::AttachmentStoreOp::eStore,
                                           .clearValue = vk::ClearColorValue{opaque_black}};
  commands.beginRendering({.renderArea = to_rect2d(box),
                           .layerCount = 1,
                           .colorAttachmentCount = 1,
                           .pColorAttachments = &colour});
  commands.setViewport(0, vk::Viewport{.width = static_cast<float>(target.size.width),
                                       .height = static_cast<float>(target.size.height),
                                       .maxDepth = 1});
  commands.setScissor(0, to_rect2d(box));
}

void draw_pass(const vk::raii::CommandBuffer& commands) {
  constexpr std::uint32_t corners = 3;  // see screen.vert
  commands.draw(corners, 1, 0, 0);
}

vk::Rect2D to_rect2d(Rect box) {
  return {
      .offset = {box.x, box.y},
      .extent = {static_cast<std::uint32_t>(box.width), static_cast<std::uint32_t>(box.height)}};
}

}  // namespace drmshow
