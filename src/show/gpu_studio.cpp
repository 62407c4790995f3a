#include "show/gpu_studio.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

#include <fmt/format.h>

#include "base/nearest.hpp"
#include "drm-show/error.hpp"
#include "render/vulkan/built_in_shaders.hpp"
#include "render/vulkan/display_nodes.hpp"
#include "render/vulkan/gpu_error.hpp"
#include "render/vulkan/pixel_format.hpp"
#include "render/vulkan/scanout_images.hpp"
#include "show/gpu_artist.hpp"
#include "show/gpu_scenes.hpp"
#include "show/hud_text.hpp"

namespace drmshow {
namespace {

DisplayNodes nodes_of(const GpuPlace& place) {
  if (place.display) return display_nodes(*place.display);
  return place.compositor.value_or(0) != 0 ? nodes_of_device(*place.compositor) : DisplayNodes{};
}

class VulkanStudio : public GpuStudio {
 public:
  VulkanStudio(const Options& options, const GpuPlace& place)
      : gpu_{nodes_of(place), {.gpu = options.gpu}},
        timeline_{gpu_},
        scenes_{timeline_, one_at_a_time_, place.shader} {
    if (place.display || place.compositor) images_.emplace(timeline_, place.display);
  }

  std::string description() const override {
    return fmt::format("{}: {}", gpu_.traits().name, gpu_.reason());
  }

  ImageSource* images() override { return images_ ? &*images_ : nullptr; }

  std::unique_ptr<Artist> make_artist(const Options& options, const Spot& spot, Format format,
                                      ImageRung rung) override {
    return gpu_call("cannot prepare what is to be drawn", [&] {
      MadeScene made = scenes_.make(options, spot, find_pixel_format(format)->vulkan);
      std::unique_ptr<HudPanel> hud;
      if (options.overlay == OverlayPolicy::with) {
        const Size size = content_size(options, spot);
        hud = std::make_unique<HudPanel>(size, HudText::lines);
      }
      return std::make_unique<GpuArtist>(GpuArtist::Work{timeline_, one_at_a_time_, std::move(made),
                                                         spot.size, format, rung,
                                                         options.quarter_turns, std::move(hud)});
    });
  }

  bool idle() const override { return timeline_.idle(); }

 private:
  Gpu gpu_;
  GpuTimeline timeline_;
  std::mutex one_at_a_time_;
  SceneMaker scenes_;
  std::optional<VulkanImages> images_;  // where others see them
};

}  // namespace

std::shared_ptr<GpuStudio> open_gpu_studio(const Options& options, const GpuPlace& place) {
  return std::make_shared<VulkanStudio>(options, place);
}

std::string list_shaders() {
  std::string text;
  for (const ShaderInfo& info : built_in_shaders()) {
    text += fmt::format("{:<12} {}\n", info.name, info.description);
  }
  return text;
}

std::string shader_after(const std::string& shader, int steps) {
  const auto all = built_in_shaders();
  const auto place = std::ranges::find(all, shader, &ShaderInfo::name) - all.begin();
  const std::ptrdiff_t count = std::ssize(all);
  if (place == count) return shader;
  return std::string{all[static_cast<std::size_t>((place + steps + count) % count)].name};
}

}  // namespace drmshow
