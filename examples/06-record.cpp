// 06-record [SECONDS]: as 04-animate, in grey; a flight recording tells afterwards what became of
// each frame, and of whatever else the program says itself. It is kept: drm-trace summary FILE.

#include <cstdio>
#include <cstdlib>
#include <exception>

#include <drm-show/drm-show.hpp>

namespace {

// A record of our own: tags from RecordTag::user on are free.
struct Brightness {
  std::uint32_t value;
};

void fill(drmshow::Presenter& presenter, const drmshow::Canvas& canvas, std::uint32_t grey) {
  presenter.draw(canvas, [grey](int, std::span<drmshow::Pixel> row) {
    for (auto& pixel : row) pixel = drmshow::rgb(grey, grey, grey);
  });
}

}  // namespace

int main(int argc, char** argv) try {
  drmshow::Recorder recorder{{.program = "06-record"}};
  drmshow::RecordingObserver observer{recorder};
  const auto device = drmshow::Device::open();
  drmshow::PresentOptions options;
  options.observer = &observer;
  drmshow::KmsPresenter presenter{device, {}, options};
  observer.introduce(presenter);

  const auto end = drmshow::Clock::now() + std::chrono::seconds{argc > 1 ? std::atoi(argv[1]) : 10};
  for (std::uint32_t frames = 0; drmshow::Clock::now() < end;) {
    while (const auto canvas = presenter.acquire()) {
      const std::uint32_t grey = frames++ % 256;
      recorder.record(drmshow::RecordTag::user, Brightness{grey});
      fill(presenter, *canvas, grey);
      presenter.submit(*canvas);
    }
    presenter.wait({}, end);
  }

  recorder.keep();  // or else it goes with us
  std::printf("%s\n", recorder.path().c_str());
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
