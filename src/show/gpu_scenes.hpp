// From options to what Vulkan draws.
#pragma once

#include <memory>

#include "render/vulkan/loaded_exhibit.hpp"
#include "render/vulkan/scene.hpp"
#include "render/vulkan/shader_file.hpp"
#include "show/content.hpp"
#include "show/options.hpp"

namespace drmshow {

struct MadeScene {
  std::unique_ptr<Scene> scene;
  ShaderFileScene* file = nullptr;  ///< the scene, if it is one that may be edited
};

/// Makes scenes of options; what several have in common is loaded once, as long as one of them
/// lives: outputs show the same model, and a key that turns it does not read its files again.
class SceneMaker {
 public:
  /// `timeline` must outlive it and its scenes.
  explicit SceneMaker(GpuTimeline& timeline) : timeline_{timeline} {}

  /// For targets of this format, and of the spot's size before it is turned. Throws Error.
  MadeScene make(const Options& options, const Spot& spot, vk::Format format);

 private:
  std::shared_ptr<const LoadedExhibit> exhibit_for(const VulkanContent& content);

  GpuTimeline& timeline_;
  std::weak_ptr<const LoadedExhibit> exhibit_;  // the newest
  VulkanContent content_;                       // what it shows
};

}  // namespace drmshow
