// Flight among stars: layers of them come nearer, one behind the other.
const int layers = 7;

uvec2 scramble(uvec2 v) {
  v = v * 1664525u + 1013904223u;
  v.x += v.y * 1664525u;
  v.y += v.x * 1664525u;
  v ^= v >> 16u;
  v.x += v.y * 1664525u;
  v.y += v.x * 1664525u;
  return v ^ (v >> 16u);
}

vec2 random(ivec2 cell, int layer) {
  uvec2 bits = scramble(uvec2(cell) + uvec2(layer * 7919, layer * 104729));
  return vec2(bits >> 8u) / 16777216.0;
}

vec3 star(vec2 place, int layer, float width) {
  ivec2 cell = ivec2(floor(place));
  vec2 chance = random(cell, layer);
  vec2 other = random(cell, layer + 100);
  if (other.x > 0.75) return vec3(0.0);
  float reach = 0.2 + 0.8 * other.y * other.y;
  vec2 off = place - vec2(cell) - (0.3 + 0.4 * chance);
  float far = length(off);
  float size = max(0.012 * reach, width);
  float core = exp(-(far * far) / (size * size)) * min(1.0, 0.012 * reach / width * 2.0);
  float glow = 0.0009 * reach / (far * far + 0.002) * smoothstep(0.3, 0.05, far);
  vec3 tint = mix(vec3(1.0, 0.72, 0.5), vec3(0.62, 0.78, 1.0), chance.x);
  return tint * (1.6 * core + glow);
}

void mainImage(out vec4 fragColor, in vec2 fragCoord) {
  vec2 p = (2.0 * fragCoord - iResolution.xy) / iResolution.y;
  float pixel = 2.0 / iResolution.y;
  float lean = 0.05 * iTime;
  p = mat2(cos(lean), sin(lean), -sin(lean), cos(lean)) * p;

  vec3 colour = vec3(0.008, 0.01, 0.024);
  float cloud = sin(1.6 * p.x + 0.8 * sin(2.1 * p.y + 0.11 * iTime)) * cos(1.3 * p.y - 0.4 * p.x);
  colour += vec3(0.05, 0.02, 0.08) * smoothstep(-0.4, 1.0, cloud);
  colour += vec3(0.0, 0.03, 0.06) * smoothstep(0.1, 1.0, -cloud);

  for (int i = 0; i < layers; ++i) {
    float way = float(i) / float(layers) + 0.06 * iTime;
    float near = fract(way);
    int round = int(floor(way));
    float scale = mix(9.0, 0.5, near);
    float seen = smoothstep(0.0, 0.3, near) * smoothstep(1.0, 0.85, near);
    colour += seen * star(scale * p + float(31 * i), i + layers * round, 0.7 * scale * pixel);
  }
  fragColor = vec4(1.0 - exp(-1.4 * colour), 1.0);
}
