// #version 1
#version 300 es
void mainImage(out vec4 c, in vec2 p) { c = vec4(1e5); } /* end