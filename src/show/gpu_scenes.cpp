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

Exhibit model_of(const VulkanContent& content) {
  Model model = read_model(content.model);
  for (const std::string& note : model.notes) say_note(note);
  if (!content.texture.empty()) set_texture(model.mesh, content.texture);
  return model_exhibit(std::move(model.mesh));
}

}  // namespace

MadeScene SceneMaker::make_shader_scene(const std::string& shader, vk::Format format) {
  if (const ShaderInfo* info = find_built_in_shader(shader)) {
    return {std::make_unique<ShaderScene>(timeline_, format, info->fragment, wall_clock(),
                                          ShaderWrites::opaque_pixels),
            nullptr,
            {}};
  }
  if (!shader_ || shader_->file() != shader) shader_ = std::make_shared<CompiledShader>(shader);
  auto scene = std::make_unique<ShaderFileScene>(timeline_, format, shader_, wall_clock());
  ShaderFileScene* const file = scene.get();
  if (const auto trouble = file->take_trouble()) say_note(*trouble);
  return {std::move(scene), file, {}};
}

std::shared_ptr<const LoadedExhibit> SceneMaker::exhibit_for(const VulkanContent& content) {
  auto exhibit = exhibit_.lock();
  if (exhibit && content == content_) return exhibit;
  const Exhibit described = content.model.empty() ? room_exhibit() : model_of(content);
  // It is brought to the GPU, as nothing else of scenes is before they draw.
  const std::lock_guard lock{one_at_a_time_};
  exhibit = std::make_shared<const LoadedExhibit>(timeline_.gpu(), described);
  exhibit_ = exhibit;
  content_ = content;
  return exhibit;
}

MadeScene SceneMaker::make(const Options& options, const Spot& spot, vk::Format format) {
  const VulkanContent& content = options.vulkan;
  if (!content.shader.empty()) return make_shader_scene(content.shader, format);
  const Gpu& gpu = timeline_.gpu();
  if (!content.model.empty() || !content.scene.empty()) {
    return {nullptr, nullptr,
            [&gpu, format, size = content_size(options, spot), exhibit = exhibit_for(content)] {
              return std::make_unique<MeshScene>(gpu, format, size, exhibit);
            }};
  }
  // A function can be copied, and so has what it is going to give away in common with its copies.
  auto animation = std::make_shared<std::unique_ptr<Animation>>(make_animation_for(options, spot));
  return {nullptr, nullptr, [&gpu, format, animation] {
            return std::make_unique<PictureScene>(gpu, format, std::move(*animation));
          }};
}

std::shared_ptr<CompiledShader> shader_file_of(const Options& options) {
  const std::string& shader = options.vulkan.shader;
  if (shader.empty() || find_built_in_shader(shader)) return nullptr;
  return std::make_shared<CompiledShader>(shader);
}

void compile(CompiledShader& shader, int give_up) {
  shader.compile(give_up);
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
