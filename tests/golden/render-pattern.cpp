// render-pattern NAME WxH OUT.png [--label LINE]... writes a pattern as drm-show means it, to be
// compared with what a screen scanned out.
#include <cstdio>
#include <cstring>
#include <exception>

#include "png_file.hpp"
#include "render/cpu/overlay.hpp"
#include "render/cpu/pattern.hpp"

namespace {

drmshow::Label label_from(int argc, char** argv) {
  drmshow::Label label;
  for (int i = 4; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--label") == 0) label.lines.emplace_back(argv[i + 1]);
  }
  return label;
}

}  // namespace

int main(int argc, char** argv) {
  drmshow::Size size;
  if (argc < 4 || std::sscanf(argv[2], "%dx%d", &size.width, &size.height) != 2) {
    std::fputs("usage: render-pattern NAME WxH OUT.png [--label LINE]...\n", stderr);
    return 2;
  }
  try {
    auto picture = drmshow::make_pattern(argv[1], size);
    drmshow::golden::write_png(argv[3],
                               *drmshow::with_label(std::move(picture), label_from(argc, argv)));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "render-pattern: %s\n", error.what());
    return 1;
  }
  return 0;
}
