// Slow gradients, to look for steps: grey, red, green and blue, in the upper half from black to the
// brightest, in the lower half over the darkest eighth only. Nothing is dithered.
void mainImage(out vec4 fragColor, in vec2 fragCoord) {
  const vec3 colours[4] = vec3[](vec3(1.0), vec3(1.0, 0.0, 0.0), vec3(0.0, 1.0, 0.0), vec3(0.0, 0.0, 1.0));
  int band = clamp(int(8.0 * (1.0 - fragCoord.y / iResolution.y)), 0, 7);
  float place = fragCoord.x / iResolution.x + 0.02 * iTime;
  float level = 1.0 - abs(2.0 * fract(0.5 * place) - 1.0);
  if (band >= 4) level *= 0.125;
  fragColor = vec4(level * colours[band % 4], 1.0);
}
