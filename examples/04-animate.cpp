// 04-animate [SECONDS]: a bar that moves across every output, tear-free, at each display's own
// rate.

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include <drm-show/drm-show.hpp>

namespace {

using namespace std::chrono_literals;

volatile std::sig_atomic_t stopped = 0;

// Where the bar begins: once across the screen in four seconds.
int bar_at(drmshow::Time time, int width) {
  const auto into =
      std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch() % 4s);
  return static_cast<int>(into.count() * width / 4000);
}

void draw_bar(drmshow::Presenter& presenter, const drmshow::Canvas& canvas) {
  const int width = canvas.size.width;
  const int bar = bar_at(canvas.shows_at, width);
  presenter.draw(canvas, [&](int, std::span<drmshow::Pixel> row) {
    for (int x = 0; x < width; ++x) {
      const bool in_bar = (x - bar + width) % width < width / 8;
      row[static_cast<std::size_t>(x)] =
          in_bar ? drmshow::rgb(255, 200, 60) : drmshow::rgb(20, 24, 40);
    }
  });
}

}  // namespace

int main(int argc, char** argv) try {
  std::signal(SIGINT, [](int) { stopped = 1; });
  const auto device = drmshow::Device::open();
  drmshow::KmsPresenter presenter{device};
  const auto end = drmshow::Clock::now() + std::chrono::seconds{argc > 1 ? std::atoi(argv[1]) : 10};
  while (!stopped && drmshow::Clock::now() < end) {
    while (const auto canvas = presenter.acquire()) {
      draw_bar(presenter, *canvas);
      presenter.submit(*canvas);
    }
    presenter.wait({}, end);
  }
  for (std::size_t i = 0; i < presenter.outputs().size(); ++i) {
    const auto stats = presenter.stats(i);
    std::printf("%s: %llu frames\n", presenter.outputs()[i].name.c_str(),
                static_cast<unsigned long long>(stats.counts.shown));
  }
  return 0;  // and the destructor brings back what was there
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
