#include "render/vulkan/renderer.hpp"

#include <utility>

#include <vulkan/vulkan_format_traits.hpp>

#include "render/vulkan/barriers.hpp"
#include "render/vulkan/gpu_error.hpp"

namespace drmshow {
namespace {

constexpr const char* no_frame = "cannot draw a frame";

PanelPass make_panel_pass(const Gpu& gpu, vk::Format format) {
  return gpu_call("cannot prepare panels", [&] { return PanelPass{gpu, format}; });
}

std::optional<TurnPass> make_turn_pass(const Gpu& gpu, vk::Format format, Size screen, int turns) {
  if (turns == 0) return std::nullopt;
  return gpu_call("cannot prepare turning", [&] {
    return std::optional<TurnPass>{std::in_place, gpu, format, screen, turns};
  });
}

}  // namespace

Renderer::Renderer(GpuTimeline& timeline, std::unique_ptr<Scene> scene, Size size,
                   vk::Format format, int quarter_turns)
    : gpu_{timeline.gpu()},
      scene_{std::move(scene)},
      size_{size},
      format_{format},
      panels_{make_panel_pass(gpu_, format)},
      turn_{make_turn_pass(gpu_, format, size, quarter_turns)},
      jobs_{timeline} {}

void Renderer::lay_over(Panel& panel) {
  gpu_call("cannot prepare a panel", [&] { panels_.add(panel); });
}

UniqueFd Renderer::draw(const RenderTarget& target, const Moment& now, UniqueFd after) {
  return gpu_call(no_frame, [&] {
    const int job = jobs_.begin();
    record(job, target, now);
    record_barrier(jobs_.commands(job), to_display(gpu_, target.image));
    return jobs_.submit_for_display(job, std::move(after));
  });
}

int Renderer::draw(const Moment& now, UniqueFd after) {
  return gpu_call(no_frame, [&] {
    const int job = jobs_.begin();
    const Readable& drawn = readable(job);
    record(job, {drawn.image.get(), drawn.image.view(), size_}, now);
    record_copy(job, drawn);
    jobs_.submit(job, std::move(after));
    return job;
  });
}

void Renderer::draw_unseen(const Moment& now, UniqueFd after) {
  gpu_call(no_frame, [&] {
    const int job = jobs_.begin();
    const GpuImage& image = readable(job).image;
    record(job, {image.get(), image.view(), size_}, now);
    jobs_.submit(job, std::move(after));
  });
}

FrameBytes Renderer::finish(int job) {
  gpu_call(no_frame, [&] { jobs_.finish(job); });
  return {size_, readable(job).bytes.bytes()};
}

void Renderer::record(int job, const RenderTarget& target, const Moment& now) {
  record_scene(job, turn_ ? turn_->source() : target, now);
  if (!turn_) return;
  record_barrier(jobs_.commands(job), to_drawing(target.image));
  turn_->record(jobs_.commands(job), target);
}

void Renderer::record_scene(int job, const RenderTarget& target, const Moment& now) {
  const auto& commands = jobs_.commands(job);
  record_barrier(commands, to_drawing(target.image));
  scene_->record(commands, target, job, now);
  panels_.record(commands, target, job, now);
}

void Renderer::record_copy(int job, const Readable& readable) {
  const auto& commands = jobs_.commands(job);
  record_barrier(commands, to_copying(readable.image.get()));
  commands.copyImageToBuffer(
      readable.image.get(), vk::ImageLayout::eTransferSrcOptimal, readable.bytes.get(),
      vk::BufferImageCopy{
          .imageSubresource = {.aspectMask = vk::ImageAspectFlagBits::eColor, .layerCount = 1},
          .imageExtent = {static_cast<std::uint32_t>(size_.width),
                          static_cast<std::uint32_t>(size_.height), 1}});
  record_barrier(commands, to_reading());
}

Renderer::Readable& Renderer::readable(int job) {
  auto& place = readables_[static_cast<std::size_t>(job)];
  if (!place) place.emplace(make_readable());
  return *place;
}

Renderer::Readable Renderer::make_readable() const {
  const auto bytes = static_cast<vk::DeviceSize>(size_.area()) * vk::blockSize(format_);
  return {GpuImage{gpu_,
                   {.size = size_,
                    .format = format_,
                    .usage = vk::ImageUsageFlagBits::eColorAttachment |
                             vk::ImageUsageFlagBits::eTransferSrc}},
          GpuBuffer{gpu_, bytes, vk::BufferUsageFlagBits::eTransferDst, MemoryUse::readback}};
}

}  // namespace drmshow
