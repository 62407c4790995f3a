// Fragment shaders as people write them, made complete for the compiler. Pure.
//
// Two forms of GLSL are taken:
// - the customary one, void mainImage(out vec4 fragColor, in vec2 fragCoord), with the inputs
//   iResolution, iTime, iTimeDelta, iFrame, iFrameRate, iMouse and iDate. y grows upwards. There
//   are no iChannels.
// - a whole shader for Vulkan with void main(). It writes layout(location = 0) out vec4; its only
//   input, besides gl_FragCoord, is a push constant block as in glsl/main_image_before.glsl, or
//   the first members of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace drmshow {

inline constexpr std::size_t max_shader_text = 1 << 20;  // bytes

/// GLSL that compiles to a fragment shader if `text` is right; the compiler's line numbers will be
/// those of `text`. `name`: the file's, for errors. Throws Error (bad_content): it is in neither
/// form, too large, no text, or wants what there is not ("plasma.frag:3: …").
std::string complete_shader(std::string_view text, const std::string& name);

}  // namespace drmshow
