// bench-offscreen [GPU [FRAMES [WxH]]]: frames a second that a GPU draws without a display (the
// scene "room" and each built-in shader), and whether it shares its memory.
//
// Drawn into one image in the GPU's memory, with as many frames on their way as drm-show has: as
// for a display, but nothing waits for vertical blanks, and nothing is copied. The first frames,
// which make pipelines, are not counted. GPU as for --gpu; "" is the best there is.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "render/vulkan/built_in_shaders.hpp"
#include "render/vulkan/gpu_image_formats.hpp"
#include "render/vulkan/renderer.hpp"
#include "render/vulkan/shared_image.hpp"
#include "show/gpu_scenes.hpp"

namespace {

using namespace drmshow;

constexpr int warm_up = 4;
constexpr auto image_format = vk::Format::eB8G8R8A8Unorm;

class OffscreenBench {
 public:
  OffscreenBench(const std::string& gpu, int frames, Size size)
      : gpu_{{}, {.gpu = gpu}},
        timeline_{gpu_},
        scenes_{timeline_, drawing_, nullptr},
        frames_{frames},
        size_{size} {}

  void run() {
    fmt::print("{}: {}\n{} frames of {}x{} each\n", gpu_.traits().name, gpu_.reason(), frames_,
               size_.width, size_.height);
    fmt::print("shared memory: {}\n", sharing());
    fmt::print("shared fences: {}\n\n", gpu_.traits().exports_fences ? "yes" : "no");
    Options room;
    room.vulkan.scene = "room";
    measure("room", room);
    for (const ShaderInfo& shader : built_in_shaders()) {
      Options options;
      options.vulkan.shader = shader.name;
      measure(shader.name, options);
    }
  }

 private:
  void measure(std::string_view name, const Options& options) {
    MadeScene made = scenes_.make(options, {size_, {}, 0}, image_format);
    Renderer renderer{timeline_, made.scene ? std::move(made.scene) : made.make(), size_,
                      image_format, 0};
    const GpuImage image{gpu_, {.size = size_, .usage = vk::ImageUsageFlagBits::eColorAttachment}};
    std::uint64_t number = 0;
    const auto draw = [&](int count) {
      const Time begun = Clock::now();
      for (int i = 0; i < count; ++i) {
        static_cast<void>(renderer.draw({image.get(), image.view(), size_}, next(++number)));
      }
      timeline_.wait_for_all();
      return std::chrono::duration<double>{Clock::now() - begun}.count();
    };
    draw(warm_up);
    const double seconds = draw(frames_);
    fmt::print("{:12} {:9.1f} frames/s  {:9.3f} ms\n", name, frames_ / seconds,
               1000 * seconds / frames_);
    std::fflush(stdout);
  }

  static Moment next(std::uint64_t number) {
    return {number, std::chrono::microseconds{16'667} * static_cast<std::int64_t>(number - 1)};
  }

  // Not what the driver says, but what comes of it: an image of this size as a dmabuf.
  std::string sharing() const {
    if (!gpu_.traits().dmabufs) return "the driver has no dmabufs: frames would be copied";
    std::size_t layouts = 0;
    for (const GpuFormat& each : gpu_image_formats(gpu_, size_)) {
      if (each.format == formats::xrgb8888) layouts = each.modifiers.size();
    }
    try {
      const ImageWay way{ImageRung::linear, formats::xrgb8888, {}};
      const SharedImage shared = make_exported(gpu_, way, size_);
      const UniqueFd dmabuf = export_memory(gpu_, shared);
      return fmt::format("a dmabuf of {} bytes in plain lines; {} layouts in all",
                         ::lseek(dmabuf.get(), 0, SEEK_END), layouts);
    } catch (const std::exception& error) {
      return fmt::format("fails: {}; {} layouts were promised", error.what(), layouts);
    }
  }

  Gpu gpu_;
  GpuTimeline timeline_;
  std::mutex drawing_;
  SceneMaker scenes_;
  int frames_;
  Size size_;
};

}  // namespace

int main(int argc, char** argv) try {
  Size size{3840, 2160};
  if (argc > 3 && std::sscanf(argv[3], "%dx%d", &size.width, &size.height) != 2) return 2;
  OffscreenBench{argc > 1 ? argv[1] : "", argc > 2 ? std::atoi(argv[2]) : 60, size}.run();
} catch (const std::exception& error) {
  fmt::print(stderr, "{}\n", error.what());
  return 1;
}
