// Shows an image file on one output, as large as it fits, until Enter is pressed:
//   03-picture photo.jpg [OUTPUT [MODE]]
#include <cstdio>

#include <drm-show/drm-show.hpp>

int main(int argc, char** argv) try {
  if (argc < 2) {
    std::fprintf(stderr, "usage: 03-picture FILE [OUTPUT [MODE]]\n");
    return 2;
  }
  drmshow::DisplayOptions options;
  if (argc > 2) options.outputs = {argv[2]};
  if (argc > 3) options.mode = argv[3];

  const drmshow::Device device = drmshow::Device::open();
  drmshow::Display display{device, options};
  for (std::size_t i = 0; i < display.outputs().size(); ++i) {
    const drmshow::Size screen = display.outputs()[i].mode.size();
    display.draw(i, *drmshow::load_picture(argv[1], screen));
  }
  if (const auto refusal = display.test()) {
    for (const std::string& line : refusal->account) std::fprintf(stderr, "%s\n", line.c_str());
    return static_cast<int>(drmshow::Failure::mode_refused);
  }
  display.show();
  std::printf("Enter ends it.\n");
  std::getchar();
} catch (const drmshow::Error& error) {
  std::fprintf(stderr, "%s\n%s\n", error.what(), error.hint().c_str());
  return static_cast<int>(error.failure());
}
