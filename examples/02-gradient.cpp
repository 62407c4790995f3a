// Draws a gradient on every connected output, shows it for some seconds (3, or the first argument)
// and brings back what was there before.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <drm-show/drm-show.hpp>

int main(int argc, char** argv) try {
  const auto seconds = std::chrono::seconds{argc > 1 ? std::atoi(argv[1]) : 3};
  const drmshow::Device device = drmshow::Device::open();
  drmshow::Display display{device};
  for (std::size_t i = 0; i < display.outputs().size(); ++i) {
    const drmshow::Size size = display.outputs()[i].mode.size();
    display.draw(i, [size](int y, std::span<drmshow::Pixel> row) {
      for (int x = 0; x < size.width; ++x) {
        row[static_cast<std::size_t>(x)] =
            drmshow::rgb(static_cast<unsigned>(255 * x / size.width),
                         static_cast<unsigned>(255 * y / size.height), 128);
      }
    });
  }
  display.show();
  for (const drmshow::Output& output : display.outputs()) {
    std::printf("%s shows %s\n", output.name.c_str(), to_string(output.mode).c_str());
  }
  std::this_thread::sleep_for(seconds);
} catch (const drmshow::Error& error) {
  std::fprintf(stderr, "%s\n%s\n", error.what(), error.hint().c_str());
  return static_cast<int>(error.failure());
}
