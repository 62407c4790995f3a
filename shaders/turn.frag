// A frame, turned clockwise by quarters: each pixel of the target is one of the source's.
#version 450

layout(push_constant) uniform Turn {
  ivec2 size;         // of the target
  int quarter_turns;  // 1 to 3
} turn;

layout(set = 0, binding = 0) uniform sampler2D source;

layout(location = 0) out vec4 colour;

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ivec2 mirrored = turn.size - 1 - at;
  ivec2 from = mirrored;
  if (turn.quarter_turns == 1) from = ivec2(at.y, mirrored.x);
  if (turn.quarter_turns == 3) from = ivec2(mirrored.y, at.x);
  colour = texelFetch(source, from, 0);
}
