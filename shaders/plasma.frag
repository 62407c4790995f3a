// Waves of colour on a plane that bends.
void mainImage(out vec4 fragColor, in vec2 fragCoord) {
  vec2 p = (2.0 * fragCoord - iResolution.xy) / min(iResolution.x, iResolution.y);
  float t = 0.4 * iTime;

  vec2 q = p + 0.35 * sin(1.7 * p.yx + vec2(t, 1.3 * t));
  q += 0.2 * sin(3.1 * q.yx - vec2(1.1 * t, 0.7 * t));

  vec2 centre = 0.7 * vec2(sin(0.5 * t), cos(0.4 * t));
  float height = sin(2.0 * q.x + t) + sin(1.6 * q.y - 0.8 * t) + sin(1.3 * (q.x + q.y) + 0.6 * t) +
                 sin(4.0 * length(q - centre) - 1.2 * t);

  vec3 colour = 0.5 + 0.5 * cos(1.1 * height + 0.3 * t + vec3(0.0, 2.1, 4.2));
  colour *= 0.72 + 0.28 * cos(2.0 * height);
  fragColor = vec4(pow(colour, vec3(0.85)), 1.0);
}
