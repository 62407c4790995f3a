// From options to what Vulkan draws.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "render/vulkan/loaded_exhibit.hpp"
#include "render/vulkan/scene.hpp"
#include "render/vulkan/shader_file.hpp"
#include "show/content.hpp"
#include "show/options.hpp"

namespace drmshow {

struct MadeScene {
  std::unique_ptr<Scene> scene;
  ShaderFileScene* file = nullptr;  ///< the scene, if it is one that may be edited
  /// Makes the scene, if there is none yet: where it is going to be drawn. Throws Error (gpu).
  std::function<std::unique_ptr<Scene>()> make{};
};

/// Makes scenes of options; what several have in common is loaded once, as long as one of them
/// lives: outputs show the same model, and a key that turns it does not read its files again.
class SceneMaker {
 public:
  /// `timeline` must outlive it and its scenes; `one_at_a_time`: of all that use it. `shader`: the
  /// file's that was compiled before, if any.
  SceneMaker(GpuTimeline& timeline, std::mutex& one_at_a_time,
             std::shared_ptr<CompiledShader> shader)
      : timeline_{timeline}, one_at_a_time_{one_at_a_time}, shader_{std::move(shader)} {}

  /// For targets of this format, and of the spot's size before it is turned. Throws Error.
  MadeScene make(const Options& options, const Spot& spot, vk::Format format);

 private:
  MadeScene make_shader_scene(const std::string& shader, vk::Format format);
  std::shared_ptr<const LoadedExhibit> exhibit_for(const VulkanContent& content);

  GpuTimeline& timeline_;
  std::mutex& one_at_a_time_;
  std::shared_ptr<CompiledShader> shader_;      // of the newest that is a file
  std::weak_ptr<const LoadedExhibit> exhibit_;  // the newest
  VulkanContent content_;                       // what it shows
};

}  // namespace drmshow
