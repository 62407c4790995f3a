// drm-show built without Vulkan.
#include "drm-show/error.hpp"
#include "show/gpu_studio.hpp"

namespace drmshow {
namespace {

[[noreturn]] void throw_missing() {
  throw Error{Failure::gpu, "this drm-show was built without Vulkan",
              "Build it with -Dvulkan=enabled. Pictures and patterns need no Vulkan."};
}

}  // namespace

std::shared_ptr<GpuStudio> open_gpu_studio(const Options& /*options*/, const GpuPlace& /*place*/) {
  throw_missing();
}

std::shared_ptr<CompiledShader> shader_file_of(const Options& /*options*/) {
  return nullptr;
}

void compile(CompiledShader& /*shader*/, int /*give_up*/) {
  throw_missing();
}

void check_vulkan_names(const Options& /*options*/) {
  throw_missing();
}

std::string list_shaders() {
  throw_missing();
}

std::string shader_after(const std::string& shader, int /*steps*/) {
  return shader;
}

}  // namespace drmshow
