// With X and Y the distances from the middle in half pixels, the phase is (X^2 + Y^2) / (8 m)
// turns, m the shorter side. cos(x + y) = cos x cos y - sin x sin y: a column's cosine and sine are
// tabled once, so a pixel costs two 16-bit products. Phases are reduced as integers, so nothing
// drifts.
#include "render/cpu/zone_wave.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace drmshow {
namespace {

constexpr int wave_block = 16;  // pixels drawn at once: a constant that gcc vectorises
// 1.0 in the tables: the upper half of a product is then at most 16256, and with `middle` added and
// seven bits dropped a wave spans 0 to 255 exactly, with room for rounding: no clamping.
constexpr int unity = 255 * 128;
constexpr int middle = 1 << 14;
constexpr int to_8_bit = 7;

/// Turns, of the point `place` on a side of `length`; `shorter` is the screen's shorter side.
double turns_at(int place, int length, int shorter) {
  const std::int64_t halves = 2 * std::int64_t{place} - (length - 1);
  const std::int64_t turn = 8 * std::int64_t{shorter};
  return static_cast<double>(halves * halves % turn) / static_cast<double>(turn);
}

std::int16_t tabled(double value) {
  return static_cast<std::int16_t>(std::lround(unity * value));
}

}  // namespace

struct ZoneWave::Phasor {
  std::int16_t cosine;
  std::int16_t sine;

  explicit Phasor(double turns)
      : cosine{tabled(std::cos(2 * std::numbers::pi * turns))},
        sine{tabled(std::sin(2 * std::numbers::pi * turns))} {}
};

ZoneWave::ZoneWave(Size size) : size_{size} {
  for (int x = 0; x < size.width + wave_block; ++x) {
    const Phasor phasor{turns_at(x, size.width, std::min(size.width, size.height))};
    cosines_.push_back(phasor.cosine);
    sines_.push_back(phasor.sine);
  }
}

void ZoneWave::draw_block(std::size_t first, Phasor line, Pixel* out) const {
  const std::int16_t* const cosines = cosines_.data() + first;
  const std::int16_t* const sines = sines_.data() + first;
  std::uint16_t levels[wave_block];
  for (int i = 0; i < wave_block; ++i) {
    const int real = cosines[i] * line.cosine >> 16;
    const int imaginary = sines[i] * line.sine >> 16;
    levels[i] = static_cast<std::uint16_t>(static_cast<std::uint16_t>(real - imaginary + middle) >>
                                           to_8_bit);
  }
  for (int i = 0; i < wave_block; ++i) {
    const Pixel level = levels[i];
    out[i] = 0xff000000u | level << 16 | level << 8 | level;
  }
}

void ZoneWave::draw(int y, int x, std::span<Pixel> row, double phase) const {
  const Phasor line{turns_at(y, size_.height, std::min(size_.width, size_.height)) - phase};
  const auto first = static_cast<std::size_t>(x);
  std::size_t done = 0;
  for (; done + wave_block <= row.size(); done += wave_block) {
    draw_block(first + done, line, row.data() + done);
  }
  if (done == row.size()) return;
  Pixel rest[wave_block];
  draw_block(first + done, line, rest);
  std::copy_n(rest, row.size() - done, row.data() + done);
}

}  // namespace drmshow
