// A panel that the processor drew, laid over the frame (premultiplied alpha: the blending is ONE,
// ONE_MINUS_SRC_ALPHA). It is read where the processor wrote it, a pixel for each pixel.
#version 450

layout(push_constant) uniform Panel {
  ivec4 box;  // left, top, width and height on the target; nothing beside it is drawn
} panel;

layout(set = 0, binding = 0, std430) readonly buffer Pixels {
  uint argb[];  // line after line, 0xAARRGGBB
} pixels;

layout(location = 0) out vec4 colour;

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy) - panel.box.xy;
  colour = unpackUnorm4x8(pixels.argb[at.y * panel.box.z + at.x]).bgra;
}
