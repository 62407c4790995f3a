// The shaders that drm-show brings along (folder shaders), compiled when it was built.
#pragma once

#include <span>
#include <string_view>

#include "render/vulkan/pass.hpp"

namespace drmshow {

struct ShaderInfo {
  std::string_view name;
  std::string_view description;  ///< one line for people
  SpirvWords fragment;           ///< for ShaderScene
};

std::span<const ShaderInfo> built_in_shaders();
/// nullptr if there is none of this name.
const ShaderInfo* find_built_in_shader(std::string_view name);

}  // namespace drmshow
