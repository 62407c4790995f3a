// What the GPU draws, as drm-show means it, without a display:
//
// render-scene NAME WxH SECONDS OUT.png
//   writes the frame at SECONDS after the beginning, of 60 a second. NAME: room, a model's file
//   (.obj), a built-in shader, or a shader's file.
// render-scene --speed NAME WxH FRAMES
//   says how long FRAMES take: the processor's share, and all in all.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <string>

#include <time.h>

#include "content/obj_reader.hpp"
#include "drm-show/error.hpp"
#include "offscreen.hpp"
#include "render/vulkan/built_in_shaders.hpp"
#include "render/vulkan/mesh_scene.hpp"
#include "render/vulkan/shader_file.hpp"

namespace {

using namespace drmshow;

constexpr double rate = 60;  // frames a second

Size size_from(const char* text) {
  Size size;
  if (std::sscanf(text, "%dx%d", &size.width, &size.height) != 2) {
    throw std::runtime_error{std::string{text} + " is no size"};
  }
  return size;
}

Moment moment_of(std::uint64_t number) {
  return {number, Nanoseconds{std::llround(static_cast<double>(number - 1) * 1e9 / rate)}};
}

std::unique_ptr<Scene> mesh_scene(const Gpu& gpu, Size size, const Exhibit& exhibit) {
  return std::make_unique<MeshScene>(gpu, golden::pixel_format, size,
                                     std::make_shared<const LoadedExhibit>(gpu, exhibit));
}

std::unique_ptr<Scene> scene_called(GpuTimeline& timeline, const char* name, Size size) {
  const auto format = golden::pixel_format;
  if (std::string_view{name} == "room") return mesh_scene(timeline.gpu(), size, room_exhibit());
  if (std::string_view{name}.ends_with(".obj"))
    return mesh_scene(timeline.gpu(), size, model_exhibit(read_model(name).mesh));
  if (const auto* const shader = find_built_in_shader(name)) {
    return std::make_unique<ShaderScene>(timeline, format, shader->fragment, Nanoseconds{0},
                                         ShaderWrites::opaque_pixels);
  }
  return std::make_unique<ShaderFileScene>(timeline, format, name, Nanoseconds{0});
}

void write_scene(char** words) {
  const Gpu gpu;
  GpuTimeline timeline{gpu};
  Renderer renderer{timeline, scene_called(timeline, words[0], size_from(words[1])),
                    size_from(words[1]), golden::pixel_format, 0};
  const double seconds = std::strtod(words[2], nullptr);
  const auto number = static_cast<std::uint64_t>(std::llround(seconds * rate)) + 1;
  golden::write_png(words[3], golden::DrawnFrame{renderer, moment_of(number)});
}

double seconds_on(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

void tell_speed(char** words) {
  const Gpu gpu;
  GpuTimeline timeline{gpu};
  Renderer renderer{timeline, scene_called(timeline, words[0], size_from(words[1])),
                    size_from(words[1]), golden::pixel_format, 0};
  const int frames = std::atoi(words[2]);
  renderer.finish(renderer.draw(moment_of(1)));  // what is made on first use is made
  renderer.finish(renderer.draw(moment_of(2)));
  const double begun = seconds_on(CLOCK_MONOTONIC);
  const double busy = seconds_on(CLOCK_THREAD_CPUTIME_ID);
  int job = 0;
  for (int i = 0; i < frames; ++i)
    job = renderer.draw(moment_of(static_cast<std::uint64_t>(i) + 3));
  const double spent = seconds_on(CLOCK_THREAD_CPUTIME_ID) - busy;
  renderer.finish(job);
  const double all = seconds_on(CLOCK_MONOTONIC) - begun;
  std::printf("%s on %s: %.1f frames/s, %.1f us of this thread a frame, %llu waits\n", words[0],
              gpu.traits().name.c_str(), frames / all, 1e6 * spent / frames,
              static_cast<unsigned long long>(renderer.waits()));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc == 5 && std::strcmp(argv[1], "--speed") == 0) {
      tell_speed(argv + 2);
    } else if (argc == 5) {
      write_scene(argv + 1);
    } else {
      std::fputs(
          "usage: render-scene NAME WxH SECONDS OUT.png\n"
          "       render-scene --speed NAME WxH FRAMES\n",
          stderr);
      return 2;
    }
  } catch (const Error& error) {
    std::fprintf(stderr, "render-scene: %s\n%s\n", error.what(), error.hint().c_str());
    return 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "render-scene: %s\n", error.what());
    return 1;
  }
  return 0;
}
