#include "show/gpu_scenes.hpp"

#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/nearest.hpp"
#include "content/obj_reader.hpp"
#include "drm-show/error.hpp"
#include "render/vulkan/built_in_shaders.hpp"
#include "render/vulkan/mesh_scene.hpp"
#include "render/vulkan/picture_scene.hpp"
#include "show/gpu_studio.hpp"
#include "show/messages.hpp"

namespace drmshow {
namespace {

constexpr const char* room = "room";

Nanoseconds wall_clock() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return std::chrono::seconds{now.tv_sec} + Nanoseconds{now.tv_nsec};
}

MadeScene make_shader_scene(const std::string& shader, GpuTimeline& timeline, vk::Format format) {
  if (const ShaderInfo* info = find_built_in_shader(shader)) {
    return {std::make_unique<ShaderScene>(timeline, format, info->fragment, wall_clock(),
                                          ShaderWrites::opaque_pixels),
            nullptr};
  }
  auto scene = std::make_unique<ShaderFileScene>(timeline, format, shader, wall_clock());
  ShaderFileScene* const file = scene.get();
  if (const auto trouble = file->take_trouble()) say_note(*trouble);
  return {std::move(scene), file};
}

Exhibit model_of(const VulkanContent& content) {
  Model model = read_model(content.model);
  for (const std::string& note : model.notes) say_note(note);
  if (!content.texture.empty()) set_texture(model.mesh, content.texture);
  return model_exhibit(std::move(model.mesh));
}

}  // namespace

std::shared_ptr<const LoadedExhibit> SceneMaker::exhibit_for(const VulkanContent& content) {
  auto exhibit = exhibit_.lock();
  if (exhibit && content == content_) return exhibit;
  exhibit = std::make_shared<const LoadedExhibit>(
      timeline_.gpu(), content.model.empty() ? room_exhibit() : model_of(content));
  exhibit_ = exhibit;
  content_ = content;
  return exhibit;
}

MadeScene SceneMaker::make(const Options& options, const Spot& spot, vk::Format format) {
  const VulkanContent& content = options.vulkan;
  if (!content.shader.empty()) return make_shader_scene(content.shader, timeline_, format);
  if (!content.model.empty() || !content.scene.empty()) {
    return {std::make_unique<MeshScene>(timeline_.gpu(), format, content_size(options, spot),
                                        exhibit_for(content)),
            nullptr};
  }
  return {
      std::make_unique<PictureScene>(timeline_.gpu(), format, make_animation_for(options, spot)),
      nullptr};
}

void check_vulkan_names(const Options& options) {
  const std::string& shader = options.vulkan.shader;
  std::error_code ignored;
  if (!shader.empty() && !find_built_in_shader(shader) &&
      !std::filesystem::exists(shader, ignored)) {
    std::vector<std::string> names;
    for (const ShaderInfo& info : built_in_shaders()) names.emplace_back(info.name);
    throw Error{Failure::usage, fmt::format("there is no shader \"{}\", and no such file", shader),
                did_you_mean(shader, names) + "--list-shaders shows all that are built in."};
  }
  if (!options.vulkan.scene.empty() && options.vulkan.scene != room) {
    throw Error{Failure::usage, fmt::format("there is no scene \"{}\"", options.vulkan.scene),
                "There is one: room."};
  }
}

}  // namespace drmshow
