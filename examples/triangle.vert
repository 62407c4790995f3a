// The corners of a triangle that turns.
#version 450

layout(push_constant) uniform Push { float turn; float aspect; };
layout(location = 0) out vec3 colour;

const float third = 2.0943951;  // of a full turn

void main() {
  float angle = turn + third * gl_VertexIndex;
  gl_Position = vec4(0.8 * sin(angle) / aspect, -0.8 * cos(angle), 0, 1);
  colour = vec3(equal(ivec3(gl_VertexIndex), ivec3(0, 1, 2)));
}
