#include "render/vulkan/mesh_scene.hpp"

#include <utility>

#include "render/vulkan/gpu_error.hpp"
#include "render/vulkan/pass.hpp"

namespace drmshow {
namespace {

using Stage2 = vk::PipelineStageFlagBits2;
using Access2 = vk::AccessFlagBits2;
using Samples = vk::SampleCountFlagBits;

constexpr std::array kBackground{.055f, .06f, .075f, 1.f};  // sRGB codes

GpuImage make_depth(const Gpu& gpu, Size size, Samples samples) {
  using Usage = vk::ImageUsageFlagBits;
  return {gpu, ImageWish{.size = size,
                         .format = kMeshDepthFormat,
                         .usage = Usage::eDepthStencilAttachment | Usage::eTransientAttachment,
                         .samples = samples}};
}

std::vector<GpuImage> make_colour(const Gpu& gpu, Size size, vk::Format format, Samples samples) {
  using Usage = vk::ImageUsageFlagBits;
  std::vector<GpuImage> images;
  if (samples != Samples::e1)
    images.emplace_back(gpu,
                        ImageWish{.size = size,
                                  .format = format,
                                  .usage = Usage::eColorAttachment | Usage::eTransientAttachment,
                                  .samples = samples});
  return images;
}

// What the frame before left in it is not wanted, but its writes have to be over.
vk::ImageMemoryBarrier2 anew(vk::Image image, vk::ImageAspectFlags aspect, vk::ImageLayout layout,
                             vk::PipelineStageFlags2 stages, vk::AccessFlags2 access) {
  return {.srcStageMask = stages,
          .srcAccessMask = access,
          .dstStageMask = stages,
          .dstAccessMask = access,
          .oldLayout = vk::ImageLayout::eUndefined,
          .newLayout = layout,
          .srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
          .dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
          .image = image,
          .subresourceRange = {.aspectMask = aspect, .levelCount = 1, .layerCount = 1}};
}

template <class Make>
auto made(const Make& make) {
  return gpu_call("the GPU cannot take the scene", make);
}

}  // namespace

MeshScene::MeshScene(const Gpu& gpu, vk::Format format, Size size,
                     std::shared_ptr<const LoadedExhibit> exhibit)
    : exhibit_{std::move(exhibit)},
      samples_{made([&] { return mesh_samples(gpu, format); })},
      layout_{made([&] { return make_layout(gpu, exhibit_->set_layout(), mesh_push); })},
      pipeline_{made([&] { return make_mesh_pipeline(gpu, *layout_, format, samples_); })},
      depth_{made([&] { return make_depth(gpu, size, samples_); })},
      colour_{made([&] { return make_colour(gpu, size, format, samples_); })} {}

void MeshScene::prepare_attachments(const vk::raii::CommandBuffer& commands) const {
  std::array<vk::ImageMemoryBarrier2, 2> barriers{
      anew(depth_.get(), vk::ImageAspectFlagBits::eDepth, vk::ImageLayout::eDepthAttachmentOptimal,
           Stage2::eEarlyFragmentTests | Stage2::eLateFragmentTests,
           Access2::eDepthStencilAttachmentRead | Access2::eDepthStencilAttachmentWrite)};
  std::uint32_t count = 1;
  for (const GpuImage& image : colour_)
    barriers[count++] =
        anew(image.get(), vk::ImageAspectFlagBits::eColor, vk::ImageLayout::eColorAttachmentOptimal,
             Stage2::eColorAttachmentOutput,
             Access2::eColorAttachmentRead | Access2::eColorAttachmentWrite);
  commands.pipelineBarrier2(
      {.imageMemoryBarrierCount = count, .pImageMemoryBarriers = barriers.data()});
}

void MeshScene::begin(const vk::raii::CommandBuffer& commands, const RenderTarget& target) const {
  vk::RenderingAttachmentInfo colour{.imageView = target.view,
                                     .imageLayout = vk::ImageLayout::eColorAttachmentOptimal,
                                     .loadOp = vk::AttachmentLoadOp::eClear,
                                     .storeOp = vk::AttachmentStoreOp::eStore,
                                     .clearValue = vk::ClearColorValue{kBackground}};
  for (const GpuImage& image : colour_) {
    colour.imageView = image.view();
    colour.resolveMode = vk::ResolveModeFlagBits::eAverage;
    colour.resolveImageView = target.view;
    colour.resolveImageLayout = vk::ImageLayout::eColorAttachmentOptimal;
    colour.storeOp = vk::AttachmentStoreOp::eDontCare;
  }
  const vk::RenderingAttachmentInfo depth{.imageView = depth_.view(),
                                          .imageLayout = vk::ImageLayout::eDepthAttachmentOptimal,
                                          .loadOp = vk::AttachmentLoadOp::eClear,
                                          .storeOp = vk::AttachmentStoreOp::eDontCare,
                                          .clearValue = vk::ClearDepthStencilValue{.depth = 1}};
  const vk::Rect2D all{.extent = {static_cast<std::uint32_t>(target.size.width),
                                  static_cast<std::uint32_t>(target.size.height)}};
  commands.beginRendering({.renderArea = all,
                           .layerCount = 1,
                           .colorAttachmentCount = 1,
                           .pColorAttachments = &colour,
                           .pDepthAttachment = &depth});
  commands.setViewport(0, vk::Viewport{.width = static_cast<float>(target.size.width),
                                       .height = static_cast<float>(target.size.height),
                                       .maxDepth = 1});
  commands.setScissor(0, all);
}

void MeshScene::draw_parts(const vk::raii::CommandBuffer& commands, const View& view) const {
  commands.bindPipeline(vk::PipelineBindPoint::eGraphics, *pipeline_);
  exhibit_->buffers().bind(commands);
  MeshPush push{.clip_from_mesh = view.clip_from_mesh,
                .lights = {},
                .eye = {view.eye.x, view.eye.y, view.eye.z, 0},
                .colour = {}};
  for (std::size_t i = 0; i < push.lights.size(); ++i) {
    const auto& [at, reach] = view.lights[i];
    push.lights[i] = {at.x, at.y, at.z, reach};
  }
  commands.pushConstants<MeshPush>(*layout_, kMeshStages, 0, push);
  for (const LoadedExhibit::Part& part : exhibit_->parts()) {
    commands.pushConstants<std::array<float, 4>>(*layout_, kMeshStages, offsetof(MeshPush, colour),
                                                 part.colour);
    commands.bindDescriptorSets(vk::PipelineBindPoint::eGraphics, *layout_, 0, part.texture, {});
    commands.drawIndexed(part.index_count, 1, part.first_index, 0, 0);
  }
}

void MeshScene::record(const vk::raii::CommandBuffer& commands, const RenderTarget& target,
                       int /*job*/, const Moment& now) {
  prepare_attachments(commands);
  begin(commands, target);
  draw_parts(commands, exhibit_->view(target.size, now.time));
  commands.endRendering();
}

}  // namespace drmshow
