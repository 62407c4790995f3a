// The sea at sunset. The surface is flat; only its slope is worked out, as a sum of waves, and
// waves that are smaller than a pixel there are left out.
const int wave_count = 12;

const vec3 sun = normalize(vec3(0.25, 0.11, 1.0));

vec3 sky(vec3 ray) {
  float height = max(ray.y, 0.0);
  vec3 colour = mix(vec3(0.98, 0.56, 0.28), vec3(0.28, 0.34, 0.58), smoothstep(0.0, 0.28, height));
  colour = mix(colour, vec3(0.06, 0.09, 0.24), smoothstep(0.2, 0.8, height));
  float towards = max(dot(ray, sun), 0.0);
  colour += vec3(1.0, 0.55, 0.2) * 0.45 * pow(towards, 24.0);
  return colour + vec3(1.0, 0.85, 0.6) * smoothstep(0.99955, 0.9997, towards);
}

vec2 slope(vec2 place, float footprint) {
  vec2 sum = vec2(0.0);
  float length_of_wave = 9.0;
  float angle = 0.4;
  for (int i = 0; i < wave_count; ++i) {
    float k = 6.2831853 / length_of_wave;
    vec2 way = vec2(sin(angle), cos(angle));
    float phase = k * dot(way, place) + sqrt(9.81 * k) * iTime;
    float seen = clamp(length_of_wave / (3.0 * footprint) - 0.3, 0.0, 1.0);
    sum += way * cos(phase) * (0.055 * seen);
    length_of_wave *= 0.68;
    angle += 2.4 + 0.35 * float(i % 3);
  }
  return sum;
}

void mainImage(out vec4 fragColor, in vec2 fragCoord) {
  float pixel = 2.0 / iResolution.y;
  vec2 p = pixel * (fragCoord - 0.5 * iResolution.xy);
  vec3 ray = normalize(vec3(p.x, p.y - 0.12, 1.7));
  vec3 colour = sky(ray);
  if (ray.y < 0.0) {
    float far = 2.2 / -ray.y;
    vec2 place = far * ray.xz + vec2(0.0, 0.6 * iTime);
    vec2 tilt = slope(place, far * pixel * 0.6 / max(-ray.y, 0.02) * 0.12);
    vec3 normal = normalize(vec3(-tilt.x, 1.0, -tilt.y));
    vec3 mirrored = reflect(ray, normal);
    mirrored.y = abs(mirrored.y);
    float fresnel = 0.03 + 0.97 * pow(1.0 - clamp(dot(normal, -ray), 0.0, 1.0), 5.0);
    vec3 water = vec3(0.012, 0.05, 0.075) + vec3(0.02, 0.06, 0.05) * max(tilt.y + 0.2, 0.0);
    vec3 sea = mix(water, sky(mirrored), fresnel);
    sea += vec3(1.0, 0.6, 0.25) * 0.8 * pow(max(dot(mirrored, sun), 0.0), 180.0);
    colour = mix(colour, sea, exp(-0.004 * far));
  }
  colour = colour / (0.75 + 0.6 * colour);
  fragColor = vec4(pow(colour, vec3(0.8)), 1.0);
}
