// GLSL to SPIR-V at run time: through libshaderc, which is loaded when it is needed; or else by the
// program glslc, since Debian 12's libshaderc lacks what it is made of and cannot be loaded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drmshow {

/// What a compiler made of a shader: one of the two is empty.
struct Compiled {
  std::vector<std::uint32_t> words;
  std::string complaints;  ///< a line each: "plasma.frag:12: error: …"
};

/// The fragment shader `glsl` (see content/shader_source.hpp) as SPIR-V for Vulkan 1.3. Throws
/// Error: bad_content with what the compiler has to say; gpu if there is no compiler. `name`: the
/// file's, for messages. `give_up`: a descriptor that is readable when nobody wants it any more,
/// which is an error like another; -1 for none.
std::vector<std::uint32_t> compile_fragment_shader(const std::string& glsl, const std::string& name,
                                                   int give_up = -1);

/// By libshaderc; nothing if there is none that works.
std::optional<Compiled> compile_with_library(const std::string& glsl, const std::string& name);
/// By glslc, which gets 20 seconds; nothing if it is not installed.
std::optional<Compiled> compile_with_program(const std::string& glsl, const std::string& name,
                                             int give_up);

}  // namespace drmshow
