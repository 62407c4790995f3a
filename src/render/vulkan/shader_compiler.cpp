#include "render/vulkan/shader_compiler.hpp"

#include <algorithm>
#include <utility>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

constexpr std::size_t most_complaints = 40;  // lines; the first ones are what matters

/// The first lines of what a compiler said, without its sum of them at the end.
std::string first_complaints(std::string_view message) {
  std::string text;
  for (std::size_t lines = 0; !message.empty() && lines < most_complaints; ++lines) {
    const auto line = message.substr(0, message.find('\n'));
    message.remove_prefix(std::min(line.size() + 1, message.size()));
    if (line.empty() || line.ends_with(" generated.")) continue;
    if (!text.empty()) text += '\n';
    text += line;
  }
  return message.empty() ? text : text + "\n…";
}

}  // namespace

std::vector<std::uint32_t> compile_fragment_shader(const std::string& glsl, const std::string& name,
                                                   int give_up) {
  auto compiled = compile_with_library(glsl, name);
  if (!compiled) compiled = compile_with_program(glsl, name, give_up);
  if (!compiled) {
    throw Error{Failure::gpu, name + ": there is no shader compiler: neither libshaderc nor glslc",
                "Install one (Debian: glslc). Without it there are the shaders of --list-shaders, "
                "and SPIR-V (glslc --target-env=vulkan1.3)."};
  }
  if (!compiled->words.empty()) return std::move(compiled->words);
  throw Error{Failure::bad_content, first_complaints(compiled->complaints)};
}

}  // namespace drmshow
