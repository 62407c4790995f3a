// Rings that become finer outwards, up to one a pixel pair at the nearest edges, and move inwards:
// whatever scales or compresses the picture shows other rings.
const float pi = 3.14159265;

void mainImage(out vec4 fragColor, in vec2 fragCoord) {
  vec2 p = fragCoord - 0.5 * iResolution.xy;
  float reach = 0.5 * min(iResolution.x, iResolution.y);
  float phase = 0.5 * pi * dot(p, p) / reach + 2.0 * pi * fract(0.5 * iTime);
  float fineness = length(p) / reach;  // 1: a ring is two pixels wide
  float strength = 1.0 - smoothstep(0.95, 1.05, fineness);
  fragColor = vec4(vec3(0.5 + 0.5 * strength * cos(phase)), 1.0);
}
