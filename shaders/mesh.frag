// A texture under two lights, in linear light; the target gets sRGB codes.
#version 450

layout(push_constant) uniform Push {
  mat4 clip_from_mesh;
  vec4 lights[2];  // place; distance of half strength. In the mesh's space, as is all else
  vec4 eye;        // place
  vec4 colour;     // linear; 1 in w: shines by itself
} push;

layout(set = 0, binding = 0) uniform sampler2D image;

layout(location = 0) in vec3 mesh_position;
layout(location = 1) in vec3 mesh_normal;
layout(location = 2) in vec2 texture_uv;

layout(location = 0) out vec4 target;

const vec3 light_colours[2] = {vec3(2.3, 1.95, 1.5), vec3(0.75, 0.95, 1.25)};
const vec3 from_above = vec3(0.17, 0.18, 0.20);
const vec3 from_below = vec3(0.10, 0.08, 0.065);

// IEC 61966-2-1
vec3 to_srgb(vec3 light) {
  return mix(12.92 * light, 1.055 * pow(light, vec3(1.0 / 2.4)) - 0.055,
             greaterThan(light, vec3(0.0031308)));
}

// Leaves the dark as it is and lets the bright approach 1.
vec3 exposed(vec3 light) {
  return light * (1.0 + light * 0.12) / (1.0 + light * 0.62);
}

vec3 lit(vec3 base) {
  vec3 to_eye = normalize(push.eye.xyz - mesh_position);
  vec3 normal = normalize(mesh_normal);
  // Models are not to be trusted on which side is out.
  if (dot(normal, to_eye) < 0.0) normal = -normal;
  vec3 sum = base * mix(from_below, from_above, 0.5 + 0.5 * normal.y);
  for (int i = 0; i < 2; ++i) {
    vec3 way = push.lights[i].xyz - mesh_position;
    float far = dot(way, way) / (push.lights[i].w * push.lights[i].w);
    vec3 to_light = normalize(way);
    float facing = max(dot(normal, to_light), 0.0);
    float shine = pow(max(dot(normal, normalize(to_light + to_eye)), 0.0), 48.0);
    sum += light_colours[i] / (1.0 + far) * (base * facing + 0.07 * shine * facing);
  }
  return sum;
}

void main() {
  vec4 texel = texture(image, texture_uv);
  if (texel.a < 0.5) discard;
  vec3 base = texel.rgb * push.colour.rgb;
  vec3 light = push.colour.w > 0.5 ? base : exposed(lit(base));
  target = vec4(to_srgb(clamp(light, 0.0, 1.0)), 1.0);
}
