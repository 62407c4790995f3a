#include "render/vulkan/built_in_shaders.hpp"

#include <algorithm>

#include "gradient.hpp"
#include "ocean.hpp"
#include "plasma.hpp"
#include "shapes.hpp"
#include "starfield.hpp"
#include "tunnel.hpp"
#include "zone-plate.hpp"

namespace drmshow {
namespace {

constexpr ShaderInfo infos[] = {
    {"plasma", "waves of colour", spirv::plasma},
    {"ocean", "the sea at sunset", spirv::ocean},
    {"tunnel", "a flight through a tiled tunnel", spirv::tunnel},
    {"starfield", "a flight among stars", spirv::starfield},
    {"shapes", "soft shapes that melt into one another (heavy: for fast GPUs)", spirv::shapes},
    {"gradient", "slow gradients, bright and dark, to look for steps", spirv::gradient},
    {"zone-plate", "moving rings, up to one a pixel pair, to look for scaling", spirv::zone_plate},
};

}  // namespace

std::span<const ShaderInfo> built_in_shaders() {
  return infos;
}

const ShaderInfo* find_built_in_shader(std::string_view name) {
  const auto* const found = std::ranges::find(infos, name, &ShaderInfo::name);
  return found == std::end(infos) ? nullptr : found;
}

}  // namespace drmshow
