// Circular zone plate: cos(a r^2), whose local frequency grows with r and reaches Nyquist (half a
// cycle a pixel) at the nearest edges: a = pi / (shorter side). On a wider screen the frequency
// beyond aliases: the picture is then mirrored around that edge, as any sampler would show it.
//
// With X and Y the distances from the middle in half pixels, the phase is (X^2 + Y^2) / (8 m)
// turns, m the shorter side. cos(x + y) = cos x cos y - sin x sin y: a column's cosine and sine are
// tabled once, so a pixel costs two 16-bit products. Phases are reduced as integers, so nothing
// drifts.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

#include "render/cpu/pattern_factories.hpp"

namespace drmshow {
namespace {

constexpr int block = 16;  // pixels drawn at once: a constant that gcc vectorises
// 1.0 in the tables: the upper half of a product is then at most 16256, and with `middle` added and
// seven bits dropped a wave spans 0 to 255 exactly, with room for rounding: no clamping.
constexpr int unity = 255 * 128;
constexpr int middle = 1 << 14;
constexpr int to_8_bit = 7;

struct Phasor {
  std::int16_t cosine;
  std::int16_t sine;
};

/// Of the point `place` on a side of `length`; `shorter` is the screen's shorter side.
Phasor phasor_at(int place, int length, int shorter) {
  const std::int64_t halves = 2 * std::int64_t{place} - (length - 1);
  const std::int64_t turn = 8 * std::int64_t{shorter};
  const double angle = 2 * std::numbers::pi * static_cast<double>(halves * halves % turn) /
                       static_cast<double>(turn);
  return {static_cast<std::int16_t>(std::lround(unity * std::cos(angle))),
          static_cast<std::int16_t>(std::lround(unity * std::sin(angle)))};
}

class ZonePlate : public Picture {
 public:
  explicit ZonePlate(Size size);
  Size size() const override { return size_; }
  void draw_row(int y, std::span<Pixel> row) const override;

 private:
  void draw_block(std::size_t first, Phasor line, Pixel* out) const;

  Size size_;
  std::vector<std::int16_t> cosines_;  // a column each, rounded up to whole blocks
  std::vector<std::int16_t> sines_;
};

ZonePlate::ZonePlate(Size size) : size_{size} {
  const int columns = (size.width + block - 1) / block * block;
  for (int x = 0; x < columns; ++x) {
    const Phasor phasor = phasor_at(x, size.width, std::min(size.width, size.height));
    cosines_.push_back(phasor.cosine);
    sines_.push_back(phasor.sine);
  }
}

void ZonePlate::draw_block(std::size_t first, Phasor line, Pixel* out) const {
  const std::int16_t* const cosines = cosines_.data() + first;
  const std::int16_t* const sines = sines_.data() + first;
  std::uint16_t levels[block];
  for (int i = 0; i < block; ++i) {
    const int real = cosines[i] * line.cosine >> 16;
    const int imaginary = sines[i] * line.sine >> 16;
    levels[i] = static_cast<std::uint16_t>(static_cast<std::uint16_t>(real - imaginary + middle) >>
                                           to_8_bit);
  }
  for (int i = 0; i < block; ++i) {
    const Pixel level = levels[i];
    out[i] = 0xff000000u | level << 16 | level << 8 | level;
  }
}

void ZonePlate::draw_row(int y, std::span<Pixel> row) const {
  const Phasor line = phasor_at(y, size_.height, std::min(size_.width, size_.height));
  std::size_t x = 0;
  for (; x + block <= row.size(); x += block) draw_block(x, line, row.data() + x);
  Pixel rest[block];
  if (x == row.size()) return;
  draw_block(x, line, rest);
  std::copy_n(rest, row.size() - x, row.data() + x);
}

}  // namespace

std::unique_ptr<Picture> make_zone(Size size) {
  return std::make_unique<ZonePlate>(size);
}

}  // namespace drmshow
