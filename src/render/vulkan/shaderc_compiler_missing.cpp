// Built in place of shaderc_compiler.cpp where there is no libshaderc.
#include "render/vulkan/shader_compiler.hpp"

namespace drmshow {

std::optional<Compiled> compile_with_library(const std::string& /*glsl*/,
                                             const std::string& /*name*/) {
  return std::nullopt;
}

}  // namespace drmshow
