// bench-draw [WxH]: time to draw each pattern, and an image, the way a dumb buffer is filled: a
// line into a cached row buffer unless it repeats, then memcpy into the frame. Printed as fractions
// of what memset and memcpy of a whole frame reach in the same run; the best of several runs each.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <vector>

#include "render/cpu/image_picture.hpp"
#include "render/cpu/overlay.hpp"
#include "render/cpu/pattern.hpp"

namespace {

using namespace drmshow;
using Milliseconds = std::chrono::duration<double, std::milli>;
using Frame = std::vector<Pixel>;

constexpr int runs = 7;

Milliseconds best_time(const std::function<void()>& work) {
  auto best = Milliseconds::max();
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, Milliseconds{std::chrono::steady_clock::now() - start});
  }
  return best;
}

void fill_frame(const Picture& picture, Frame& frame) {
  const auto width = static_cast<std::size_t>(picture.size().width);
  Frame row(width);
  for (int y = 0; y < picture.size().height; ++y) {
    if (y == 0 || !picture.repeats_row(y)) picture.draw_row(y, row);
    std::memcpy(frame.data() + static_cast<std::size_t>(y) * width, row.data(),
                width * sizeof(Pixel));
  }
}

struct Baseline {
  Milliseconds set;
  Milliseconds copy;
};

void report(std::string_view name, const Picture& picture, Frame& frame, const Baseline& baseline) {
  const auto time = best_time([&] { fill_frame(picture, frame); });
  fmt::print("{:<12} {:8.2f} ms   {:4.0f} % of memset   {:4.0f} % of memcpy\n", name, time.count(),
             100 * baseline.set / time, 100 * baseline.copy / time);
}

void report_all(Size size) {
  Frame frame(static_cast<std::size_t>(size.area()));
  const Frame source(frame.size(), 0xff808080u);
  const std::size_t bytes = frame.size() * sizeof(Pixel);
  const Baseline baseline{best_time([&] { std::memset(frame.data(), 0x55, bytes); }),
                          best_time([&] { std::memcpy(frame.data(), source.data(), bytes); })};
  const auto rate = [&](Milliseconds time) {
    return static_cast<double>(bytes) / 1e6 / time.count();
  };
  fmt::print("{}x{}: memset {:.2f} ms ({:.1f} GB/s), memcpy {:.2f} ms ({:.1f} GB/s)\n", size.width,
             size.height, baseline.set.count(), rate(baseline.set), baseline.copy.count(),
             rate(baseline.copy));
  for (const PatternInfo& info : patterns()) {
    report(info.name, *make_pattern(info.name, size), frame, baseline);
  }
  const Label label{{"DP-1", fmt::format("{}x{} @ 60.00 Hz", size.width, size.height)}};
  report("grid+label", *with_label(make_pattern("grid", size), label), frame, baseline);
  report("image", ImagePicture{size, Rect{{}, size}, source, 0xff000000u}, frame, baseline);
  const auto build = best_time([&] { with_label(make_pattern("card", size), label); });
  fmt::print("{:<12} {:8.2f} ms\n", "build card", build.count());
}

}  // namespace

int main(int argc, char** argv) {
  Size size{3840, 2160};
  if (argc > 1 && std::sscanf(argv[1], "%dx%d", &size.width, &size.height) != 2) {
    std::fputs("usage: bench-draw [WxH]\n", stderr);
    return 2;
  }
  report_all(size);
  return 0;
}
