// Flight through a tiled tunnel. Tiles are smoothed by how large a pixel is on the wall, which is
// worked out: derivatives would show a seam where the angle jumps.
const float tau = 6.2831853;
const float tiles_around = 14.0;

uint scramble(uint x) {
  x = (x ^ (x >> 16)) * 0x7feb352du;
  x = (x ^ (x >> 15)) * 0x846ca68bu;
  return x ^ (x >> 16);
}

float random(ivec2 tile) {
  return float(scramble(uint(tile.x) + 0x9e3779b9u * uint(tile.y)) >> 8) / 16777216.0;
}

void mainImage(out vec4 fragColor, in vec2 fragCoord) {
  float pixel = 2.0 / iResolution.y;
  vec2 p = pixel * (fragCoord - 0.5 * iResolution.xy);
  p += 0.28 * vec2(sin(0.31 * iTime), cos(0.23 * iTime));
  float radius = max(length(p), 0.004);
  float depth = 0.7 / radius;

  float way = depth + 1.1 * iTime;
  float turns = fract(atan(p.y, p.x) / tau + 0.06 * sin(0.5 * way) + 0.02 * iTime);
  float ring = floor(2.4 * way);
  vec2 wall = vec2(tiles_around * turns + 0.5 * mod(ring, 2.0), 2.4 * way);
  vec2 blur = vec2(tiles_around / (tau * radius), 2.4 * 0.7 / (radius * radius)) * pixel;

  vec2 inside = 0.5 - abs(fract(wall) - 0.5);
  vec2 face = smoothstep(vec2(0.04) - blur, vec2(0.04) + blur, inside);
  float tile_face = mix(face.x * face.y, 0.8, clamp(blur.y, 0.0, 1.0));

  ivec2 tile = ivec2(int(mod(floor(wall.x), tiles_around)), int(ring));
  float chance = random(tile);
  vec3 paint = 0.5 + 0.5 * cos(tau * (0.15 * chance + 0.03 * way) + vec3(0.0, 1.2, 2.6));
  float lamp = step(0.93, chance) * (0.6 + 0.4 * sin(3.0 * iTime + tau * chance * 40.0));
  vec3 colour = mix(vec3(0.05, 0.05, 0.07), paint * (0.35 + 0.5 * chance), tile_face);
  colour += lamp * tile_face * vec3(1.0, 0.75, 0.4);

  float light = exp(-0.22 * depth);
  vec3 haze = vec3(0.75, 0.88, 1.0) * (0.1 + 0.9 * smoothstep(0.35, 0.0, radius));
  fragColor = vec4(mix(haze, 1.5 * colour, light), 1.0);
}
