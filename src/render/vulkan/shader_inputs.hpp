// What a shader of the mainImage form gets to know. Pure.
#pragma once

#include <cstdint>

#include "drm-show/geometry.hpp"
#include "drm-show/time.hpp"
#include "render/moment.hpp"

namespace drmshow {

/// The push constants of content/glsl/main_image_before.glsl.
struct ShaderInputs {
  float resolution[3];
  float time;
  float mouse[4];
  float date[4];
  float time_delta;
  float frame_rate;
  std::int32_t frame;
};
static_assert(sizeof(ShaderInputs) == 60);

/// Of frame `now`, and of nothing else: frames may be left out or drawn again. What is told of the
/// time between frames is therefore an average since the beginning, which was at `began`: what the
/// clock on the wall said then, since 1970.
ShaderInputs shader_inputs(const Moment& now, Size size, Nanoseconds began);

}  // namespace drmshow
