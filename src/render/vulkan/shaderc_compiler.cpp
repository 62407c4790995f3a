#include <cstring>
#include <memory>

#include "drm-show/error.hpp"
#include "render/vulkan/shader_compiler.hpp"
#include "render/vulkan/shaderc_library.hpp"

namespace drmshow {
namespace {

// libshaderc's objects, each with the function that ends it.
struct EndCompiler {
  void operator()(shaderc_compiler_t compiler) const {
    shaderc_library()->compiler_release(compiler);
  }
};
struct EndOptions {
  void operator()(shaderc_compile_options_t options) const {
    shaderc_library()->options_release(options);
  }
};
struct EndResult {
  void operator()(shaderc_compilation_result_t result) const {
    shaderc_library()->result_release(result);
  }
};
using Compiler = std::unique_ptr<shaderc_compiler, EndCompiler>;
using Options = std::unique_ptr<shaderc_compile_options, EndOptions>;
using Result = std::unique_ptr<shaderc_compilation_result, EndResult>;

[[noreturn]] void throw_compiler_failed() {
  throw Error{Failure::gpu, "the shader compiler does not start",
              "It may be out of memory; SPIR-V and the shaders of --list-shaders need none."};
}

Options make_options(const ShadercLibrary& shaderc) {
  Options options{shaderc.options_initialize()};
  if (!options) throw_compiler_failed();
  shaderc.set_optimization_level(options.get(), shaderc_optimization_level_performance);
  shaderc.set_target_env(options.get(), shaderc_target_env_vulkan, shaderc_env_version_vulkan_1_3);
  shaderc.set_suppress_warnings(options.get());
  return options;
}

}  // namespace

std::optional<Compiled> compile_with_library(const std::string& glsl, const std::string& name) {
  const ShadercLibrary* const shaderc = shaderc_library();
  if (shaderc == nullptr) return std::nullopt;
  const Compiler compiler{shaderc->compiler_initialize()};
  if (!compiler) throw_compiler_failed();
  const Options options = make_options(*shaderc);
  const Result result{shaderc->compile_into_spv(compiler.get(), glsl.data(), glsl.size(),
                                                shaderc_glsl_fragment_shader, name.c_str(), "main",
                                                options.get())};
  if (!result) throw_compiler_failed();
  if (shaderc->result_status(result.get()) != shaderc_compilation_status_success) {
    return Compiled{{}, shaderc->result_message(result.get())};
  }
  Compiled compiled;
  compiled.words.resize(shaderc->result_length(result.get()) / sizeof(std::uint32_t));
  std::memcpy(compiled.words.data(), shaderc->result_bytes(result.get()),
              compiled.words.size() * sizeof(std::uint32_t));
  return compiled;
}

}  // namespace drmshow
