// A mesh as it is: what moves is the camera, once a frame.
#version 450

layout(push_constant) uniform Push {
  mat4 clip_from_mesh;
} push;

layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec2 uv;

layout(location = 0) out vec3 mesh_position;
layout(location = 1) out vec3 mesh_normal;
layout(location = 2) out vec2 texture_uv;

void main() {
  mesh_position = position;
  mesh_normal = normal;
  texture_uv = uv;
  gl_Position = push.clip_from_mesh * vec4(position, 1.0);
}
