// The functions of libshaderc, loaded when they are needed.
#pragma once

#include <shaderc/shaderc.h>

namespace drmshow {

struct ShadercLibrary {
  decltype(&::shaderc_compiler_initialize) compiler_initialize;
  decltype(&::shaderc_compiler_release) compiler_release;
  decltype(&::shaderc_compile_options_initialize) options_initialize;
  decltype(&::shaderc_compile_options_release) options_release;
  decltype(&::shaderc_compile_options_set_optimization_level) set_optimization_level;
  decltype(&::shaderc_compile_options_set_target_env) set_target_env;
  decltype(&::shaderc_compile_options_set_suppress_warnings) set_suppress_warnings;
  decltype(&::shaderc_compile_into_spv) compile_into_spv;
  decltype(&::shaderc_result_release) result_release;
  decltype(&::shaderc_result_get_compilation_status) result_status;
  decltype(&::shaderc_result_get_error_message) result_message;
  decltype(&::shaderc_result_get_length) result_length;
  decltype(&::shaderc_result_get_bytes) result_bytes;
};

/// nullptr if it is not installed, or cannot be loaded.
const ShadercLibrary* shaderc_library();

}  // namespace drmshow
