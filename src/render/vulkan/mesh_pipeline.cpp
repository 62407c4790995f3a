#include "render/vulkan/mesh_pipeline.hpp"
#include "render/vulkan/pass.hpp"

#include <algorithm>
#include <cstddef>

#include "content/mesh.hpp"
#include "mesh.frag.hpp"
#include "mesh.vert.hpp"

namespace drmshow {
namespace {

constexpr float kMostAnisotropy = 8;  // more is hardly seen

constexpr std::array kMeshAttributes{
    vk::VertexInputAttributeDescription{.location = 0,
                                        .format = vk::Format::eR32G32B32Sfloat,
                                        .offset = offsetof(Vertex, position)},
    vk::VertexInputAttributeDescription{
        .location = 1, .format = vk::Format::eR32G32B32Sfloat, .offset = offsetof(Vertex, normal)},
    vk::VertexInputAttributeDescription{
        .location = 2, .format = vk::Format::eR32G32Sfloat, .offset = offsetof(Vertex, uv)}};
constexpr vk::VertexInputBindingDescription kMeshBinding{.stride = sizeof(Vertex)};
constexpr std::array kMeshDynamics{vk::DynamicState::eViewport, vk::DynamicState::eScissor};

}  // namespace

vk::SampleCountFlagBits mesh_samples(const Gpu& gpu, vk::Format format) {
  using Count = vk::SampleCountFlagBits;
  const auto possible = [&](vk::Format of, vk::ImageUsageFlags usage) {
    return gpu.physical()
        .getImageFormatProperties(of, vk::ImageType::e2D, vk::ImageTiling::eOptimal, usage)
        .sampleCounts;
  };
  const vk::SampleCountFlags all =
      possible(format, vk::ImageUsageFlagBits::eColorAttachment) &
      possible(kMeshDepthFormat, vk::ImageUsageFlagBits::eDepthStencilAttachment);
  return all & Count::e4 ? Count::e4 : Count::e1;
}

vk::raii::Pipeline make_mesh_pipeline(const Gpu& gpu, vk::PipelineLayout layout, vk::Format format,
                                      vk::SampleCountFlagBits samples) {
  const auto vertex = make_module(gpu, spirv::mesh_vert);
  const auto fragment = make_module(gpu, spirv::mesh_frag);
  const std::array stages{
      vk::PipelineShaderStageCreateInfo{
          .stage = vk::ShaderStageFlagBits::eVertex, .module = *vertex, .pName = "main"},
      vk::PipelineShaderStageCreateInfo{
          .stage = vk::ShaderStageFlagBits::eFragment, .module = *fragment, .pName = "main"}};
  const vk::PipelineVertexInputStateCreateInfo input{
      .vertexBindingDescriptionCount = 1,
      .pVertexBindingDescriptions = &kMeshBinding,
      .vertexAttributeDescriptionCount = static_cast<std::uint32_t>(kMeshAttributes.size()),
      .pVertexAttributeDescriptions = kMeshAttributes.data()};
  const vk::PipelineInputAssemblyStateCreateInfo assembly{.topology =
                                                              vk::PrimitiveTopology::eTriangleList};
  const vk::PipelineViewportStateCreateInfo viewport{.viewportCount = 1, .scissorCount = 1};
  // Both sides: many models have holes, or faces the wrong way round.
  const vk::PipelineRasterizationStateCreateInfo raster{.cullMode = vk::CullModeFlagBits::eNone,
                                                        .lineWidth = 1};
  const vk::PipelineMultisampleStateCreateInfo sampling{.rasterizationSamples = samples};
  const vk::PipelineDepthStencilStateCreateInfo depth{
      .depthTestEnable = true, .depthWriteEnable = true, .depthCompareOp = vk::CompareOp::eLess};
  using Part = vk::ColorComponentFlagBits;
  const vk::PipelineColorBlendAttachmentState opaque{.colorWriteMask =
                                                         Part::eR | Part::eG | Part::eB | Part::eA};
  const vk::PipelineColorBlendStateCreateInfo blend{.attachmentCount = 1, .pAttachments = &opaque};
  const vk::PipelineDynamicStateCreateInfo dynamic{
      .dynamicStateCount = static_cast<std::uint32_t>(kMeshDynamics.size()),
      .pDynamicStates = kMeshDynamics.data()};
  const vk::PipelineRenderingCreateInfo rendering{.colorAttachmentCount = 1,
                                                  .pColorAttachmentFormats = &format,
                                                  .depthAttachmentFormat = kMeshDepthFormat};
  return {gpu.device(), nullptr,
          vk::GraphicsPipelineCreateInfo{.pNext = &rendering,
                                         .stageCount = static_cast<std::uint32_t>(stages.size()),
                                         .pStages = stages.data(),
                                         .pVertexInputState = &input,
                                         .pInputAssemblyState = &assembly,
                                         .pViewportState = &viewport,
                                         .pRasterizationState = &raster,
                                         .pMultisampleState = &sampling,
                                         .pDepthStencilState = &depth,
                                         .pColorBlendState = &blend,
                                         .pDynamicState = &dynamic,
                                         .layout = layout}};
}

vk::raii::Sampler make_mesh_sampler(const Gpu& gpu) {
  // In software it takes most of the time.
  const bool anisotropic = gpu.traits().anisotropy && !gpu.traits().software;
  return {gpu.device(),
          vk::SamplerCreateInfo{
              .magFilter = vk::Filter::eLinear,
              .minFilter = vk::Filter::eLinear,
              .mipmapMode = vk::SamplerMipmapMode::eLinear,
              .addressModeU = vk::SamplerAddressMode::eRepeat,
              .addressModeV = vk::SamplerAddressMode::eRepeat,
              .addressModeW = vk::SamplerAddressMode::eRepeat,
              .anisotropyEnable = anisotropic,
              .maxAnisotropy = std::min(kMostAnisotropy, gpu.limits().maxSamplerAnisotropy),
              .maxLod = VK_LOD_CLAMP_NONE}};
}

}  // namespace drmshow
