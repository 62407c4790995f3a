#include <utility>
#include <vector>

#include "drm-show/error.hpp"
#include "render/vulkan/pixel_format.hpp"
#include "vulkan/canvas_drawing.hpp"
#include "vulkan/vulkan_gpu.hpp"

namespace drmshow {
namespace {

static_assert(VulkanFrame::most_jobs == jobs_in_flight);

constexpr int upright = 0;

}  // namespace

class VulkanPainter::Impl {
 public:
  explicit Impl(GpuTimeline& timeline) : timeline_{timeline} {}

  Submission draw(const Canvas& canvas, Recorder recorder, UniqueFd after);
  std::uint64_t waits() const;

 private:
  /// What the user records.
  class UserScene;
  /// What draws one stream of a presenter.
  struct Stream {
    Stream(GpuTimeline& timeline, const Canvas& canvas, vk::Format pixels,
           std::unique_ptr<UserScene> user);

    Size size;
    Format format;
    UserScene* scene;  // the renderer's
    Renderer renderer;
  };

  Stream& stream_for(const Canvas& canvas);

  GpuTimeline& timeline_;
  std::vector<std::unique_ptr<Stream>> streams_;  // by their numbers; empty before the first frame
  std::uint64_t waits_before_ = 0;                // of streams that changed
};

class VulkanPainter::Impl::UserScene final : public Scene {
 public:
  UserScene(vk::Format format, std::size_t stream) : format_{format}, stream_{stream} {}

  void set(Recorder recorder) { recorder_ = recorder; }

  void record(const vk::raii::CommandBuffer& commands, const RenderTarget& target, int job,
              const Moment&) override {
    recorder_.call(recorder_.context, {.commands = *commands,
                                       .image = target.image,
                                       .view = target.view,
                                       .format = static_cast<VkFormat>(format_),
                                       .extent = {static_cast<std::uint32_t>(target.size.width),
                                                  static_cast<std::uint32_t>(target.size.height)},
                                       .stream = stream_,
                                       .job = static_cast<std::uint32_t>(job)});
  }

 private:
  vk::Format format_;
  std::size_t stream_;
  Recorder recorder_{};  // set before each record()
};

VulkanPainter::Impl::Stream::Stream(GpuTimeline& timeline, const Canvas& canvas, vk::Format pixels,
                                    std::unique_ptr<UserScene> user)
    : size{canvas.size},
      format{canvas.format},
      scene{user.get()},
      renderer{timeline, std::move(user), canvas.size, pixels, upright} {}

VulkanPainter::Impl::Stream& VulkanPainter::Impl::stream_for(const Canvas& canvas) {
  if (canvas.stream >= streams_.size()) streams_.resize(canvas.stream + 1);
  auto& stream = streams_[canvas.stream];
  if (stream && stream->size == canvas.size && stream->format == canvas.format) return *stream;
  const PixelFormat* const pixels = find_pixel_format(canvas.format);
  if (!pixels) {
    throw Error{Failure::gpu, "Vulkan draws nothing in the format " + to_string(canvas.format)};
  }
  if (stream) waits_before_ += stream->renderer.waits();
  stream.reset();
  stream = std::make_unique<Stream>(timeline_, canvas, pixels->vulkan,
                                    std::make_unique<UserScene>(pixels->vulkan, canvas.stream));
  return *stream;
}

Submission VulkanPainter::Impl::draw(const Canvas& canvas, Recorder recorder, UniqueFd after) {
  Stream& stream = stream_for(canvas);
  stream.scene->set(recorder);
  return draw_into(canvas, stream.renderer, {}, std::move(after));
}

std::uint64_t VulkanPainter::Impl::waits() const {
  std::uint64_t sum = waits_before_;
  for (const auto& stream : streams_) sum += stream ? stream->renderer.waits() : 0;
  return sum;
}

VulkanPainter::VulkanPainter(VulkanGpu& gpu) : impl_{std::make_unique<Impl>(gpu.impl_->timeline)} {}
VulkanPainter::~VulkanPainter() = default;
VulkanPainter::VulkanPainter(VulkanPainter&&) noexcept = default;

Submission VulkanPainter::draw(const Canvas& canvas, Recorder recorder, UniqueFd after) {
  return impl_->draw(canvas, recorder, std::move(after));
}
std::uint64_t VulkanPainter::waits() const {
  return impl_->waits();
}

}  // namespace drmshow
