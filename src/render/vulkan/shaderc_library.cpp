#include "render/vulkan/shaderc_library.hpp"

#include <optional>

#include <dlfcn.h>

#include "base/load_function.hpp"

namespace drmshow {
namespace {

constexpr const char* shaderc_file = "libshaderc.so.1";

std::optional<ShadercLibrary> load_shaderc() {
  void* const library = ::dlopen(shaderc_file, RTLD_NOW | RTLD_LOCAL);
  if (!library) return std::nullopt;
  ShadercLibrary functions{};
  bool complete = true;
  const auto find = [&](const char* name, auto& function) {
    complete &= load_function(library, name, function);
  };
  find("shaderc_compiler_initialize", functions.compiler_initialize);
  find("shaderc_compiler_release", functions.compiler_release);
  find("shaderc_compile_options_initialize", functions.options_initialize);
  find("shaderc_compile_options_release", functions.options_release);
  find("shaderc_compile_options_set_optimization_level", functions.set_optimization_level);
  find("shaderc_compile_options_set_target_env", functions.set_target_env);
  find("shaderc_compile_options_set_suppress_warnings", functions.set_suppress_warnings);
  find("shaderc_compile_into_spv", functions.compile_into_spv);
  find("shaderc_result_release", functions.result_release);
  find("shaderc_result_get_compilation_status", functions.result_status);
  find("shaderc_result_get_error_message", functions.result_message);
  find("shaderc_result_get_length", functions.result_length);
  find("shaderc_result_get_bytes", functions.result_bytes);
  return complete ? std::optional{functions} : std::nullopt;
}

}  // namespace

const ShadercLibrary* shaderc_library() {
  static const std::optional<ShadercLibrary> library = load_shaderc();
  return library ? &*library : nullptr;
}

}  // namespace drmshow
