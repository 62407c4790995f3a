// compare-png EXPECTED GOT [TOLERANCE]: exit 0 if both PNG files have the same size and no channel
// of any pixel differs by more than TOLERANCE (0 by default). Otherwise it tells where they differ.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "png_file.hpp"

namespace {

using drmshow::Pixel;
using drmshow::golden::Pixels;

int channel_difference(Pixel a, Pixel b) {
  int most = 0;
  for (int shift = 0; shift < 24; shift += 8) {
    most = std::max(
        most, std::abs(static_cast<int>(a >> shift & 0xff) - static_cast<int>(b >> shift & 0xff)));
  }
  return most;
}

int compare(const Pixels& expected, const Pixels& got, int tolerance) {
  if (expected.size != got.size) {
    std::printf("expected %dx%d, got %dx%d\n", expected.size.width, expected.size.height,
                got.size.width, got.size.height);
    return 1;
  }
  std::size_t different = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < expected.data.size(); ++i) {
    if (channel_difference(expected.data[i], got.data[i]) <= tolerance) continue;
    if (different++ == 0) first = i;
  }
  if (different == 0) return 0;
  const auto width = static_cast<std::size_t>(expected.size.width);
  std::printf("%zu pixels differ, the first at %zu,%zu: expected %06x, got %06x\n", different,
              first % width, first / width, expected.data[first] & 0xffffff,
              got.data[first] & 0xffffff);
  return 1;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 3 || argc > 4) {
    std::fprintf(stderr, "usage: compare-png EXPECTED GOT [TOLERANCE]\n");
    return 2;
  }
  return compare(drmshow::golden::read_png(argv[1]), drmshow::golden::read_png(argv[2]),
                 argc > 3 ? std::atoi(argv[3]) : 0);
} catch (const std::exception& error) {
  std::fprintf(stderr, "compare-png: %s\n", error.what());
  return 2;
}
