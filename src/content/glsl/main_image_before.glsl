#version 450
// What stands before a shader in the mainImage form. render/vulkan/shader_inputs.hpp fills the block.
layout(push_constant) uniform DrmShowInputs {
  vec3 iResolution;    // pixels; the third is 1, their aspect
  float iTime;         // seconds since the beginning
  vec4 iMouse;         // 0: there is none
  vec4 iDate;          // year, month - 1, day, seconds since midnight
  float iTimeDelta;    // seconds from a frame to the next, on average
  float iFrameRate;    // frames a second, on average
  int iFrame;          // from 0
};
layout(location = 0) out vec4 drmshow_colour;
#line 1
