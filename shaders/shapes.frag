// Soft shapes that melt into one another over a floor. Rays are marched, several times a pixel.
const int most_steps = 72;
const float far_away = 14.0;

float melt(float a, float b, float width) {
  float h = max(width - abs(a - b), 0.0) / width;
  return min(a, b) - h * h * width * 0.25;
}

float distance_to(vec3 p) {
  float t = 0.7 * iTime;
  float shapes = length(p - vec3(1.1 * sin(t), 0.15 + 0.35 * sin(1.3 * t), 0.9 * cos(t))) - 0.62;
  shapes = melt(shapes, length(p - vec3(1.2 * sin(t + 2.1), 0.2 + 0.4 * cos(1.1 * t), cos(t + 2.1))) - 0.5, 0.5);
  vec3 q = p - vec3(0.0, 0.15, 0.0);
  q.xz = mat2(cos(t), sin(t), -sin(t), cos(t)) * q.xz;
  q.xy = mat2(cos(0.6 * t), sin(0.6 * t), -sin(0.6 * t), cos(0.6 * t)) * q.xy;
  vec3 corner = abs(q) - 0.42;
  float box = length(max(corner, 0.0)) + min(max(corner.x, max(corner.y, corner.z)), 0.0) - 0.09;
  shapes = melt(shapes, box, 0.45);
  vec2 ring = vec2(length(q.xz) - 1.35, q.y);
  shapes = melt(shapes, length(ring) - 0.11, 0.25);
  return min(shapes, p.y + 1.0);
}

vec3 normal_at(vec3 p) {
  vec2 e = vec2(0.001, -0.001);
  return normalize(e.xyy * distance_to(p + e.xyy) + e.yyx * distance_to(p + e.yyx) +
                   e.yxy * distance_to(p + e.yxy) + e.xxx * distance_to(p + e.xxx));
}

float march(vec3 from, vec3 ray) {
  float way = 0.02;
  for (int i = 0; i < most_steps && way < far_away; ++i) {
    float step_ahead = distance_to(from + way * ray);
    if (step_ahead < 0.0008 * way) break;
    way += 0.9 * step_ahead;
  }
  return way;
}

float shadow(vec3 from, vec3 ray) {
  float lit = 1.0;
  float way = 0.05;
  for (int i = 0; i < 24 && way < 5.0; ++i) {
    float room = distance_to(from + way * ray);
    lit = min(lit, 9.0 * room / way);
    if (lit < 0.01) break;
    way += clamp(room, 0.05, 0.4);
  }
  return smoothstep(0.0, 1.0, lit);
}

vec3 backdrop(vec3 ray) {
  return mix(vec3(0.86, 0.80, 0.78), vec3(0.35, 0.46, 0.66), smoothstep(-0.2, 0.7, ray.y));
}

vec3 colour_at(vec3 p, vec3 ray, vec3 sun) {
  vec3 normal = normal_at(p);
  bool on_floor = p.y < -0.985;
  vec3 paint = 0.55 + 0.4 * cos(1.6 * p.x + 1.1 * p.y + 0.5 * iTime + vec3(0.0, 1.5, 3.0));
  if (on_floor) paint = vec3(0.62, 0.60, 0.58);
  float open = clamp(0.35 + distance_to(p + 0.3 * normal) / 0.46, 0.0, 1.0);
  float light = max(dot(normal, sun), 0.0) * shadow(p, sun);
  vec3 colour = paint * (1.25 * light * vec3(1.0, 0.93, 0.82) +
                         open * (0.28 + 0.18 * normal.y) * vec3(0.75, 0.85, 1.0));
  vec3 mirrored = reflect(ray, normal);
  float fresnel = pow(1.0 + min(dot(ray, normal), 0.0), 4.0);
  if (!on_floor) colour += open * (0.04 + 0.6 * fresnel) * backdrop(mirrored);
  if (!on_floor) colour += light * pow(max(dot(mirrored, sun), 0.0), 48.0);
  return colour;
}

void mainImage(out vec4 fragColor, in vec2 fragCoord) {
  vec2 p = (2.0 * fragCoord - iResolution.xy) / iResolution.y;
  float turn = 0.15 * iTime;
  vec3 eye = vec3(4.3 * sin(turn), 1.7, 4.3 * cos(turn));
  vec3 ahead = normalize(vec3(0.0, -0.1, 0.0) - eye);
  vec3 right = normalize(cross(ahead, vec3(0.0, 1.0, 0.0)));
  vec3 ray = normalize(p.x * right + p.y * cross(right, ahead) + 2.0 * ahead);

  float way = march(eye, ray);
  vec3 colour = backdrop(ray);
  if (way < far_away) {
    vec3 sun = normalize(vec3(0.6, 0.8, 0.35));
    colour = mix(colour_at(eye + way * ray, ray, sun), colour, smoothstep(5.0, far_away, way));
  }
  fragColor = vec4(pow(min(colour, vec3(1.0)), vec3(0.4545)), 1.0);
}
