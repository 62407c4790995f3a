// SPIR-V from files: is it a fragment shader that drm-show can draw with? Pure.
//
// Checked: the header; that instructions fill the module exactly; that nothing is declared which
// the device was not opened with or which nobody would provide (capabilities, extensions, memory
// model, textures, buffers, inputs from a vertex shader, push constants beyond ours); that there
// is one entry point, "main", of a fragment shader that writes location 0, with numbers that our
// images hold.
//
// Not checked: what is inside functions, and types in general. Drivers trust SPIR-V there, and a
// module made to crash them may succeed; spirv-val tells whether one is valid. Loops may be
// endless: the driver resets the GPU then.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace drmshow {

inline constexpr std::size_t max_spirv_bytes = 4 << 20;

/// Whether these bytes claim to be SPIR-V, of either byte order.
bool is_spirv(std::span<const std::byte> bytes);

/// The module in `bytes`. Throws Error (bad_content): too large, cut off, or of the other byte
/// order.
std::vector<std::uint32_t> spirv_words(std::span<const std::byte> bytes, const std::string& name);

/// What people have written: errors speak of that.
enum class ShaderText : std::uint8_t { spirv, glsl };

/// Throws Error (bad_content) if it is no such shader. `push_bytes`: of push constants that there
/// are.
void check_fragment_shader(std::span<const std::uint32_t> words, std::uint32_t push_bytes,
                           const std::string& name, ShaderText text = ShaderText::spirv);

}  // namespace drmshow
