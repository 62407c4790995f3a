
// What stands after it: its y grows upwards, and what it leaves in alpha is ignored.
void main() {
  vec4 colour = vec4(0.0, 0.0, 0.0, 1.0);
  mainImage(colour, vec2(gl_FragCoord.x, iResolution.y - gl_FragCoord.y));
  drmshow_colour = vec4(colour.rgb, 1.0);
}
