// The wave of the circular zone plates: cos(a r^2 - phase), whose local frequency grows with r and
// reaches Nyquist (half a cycle a pixel) at the nearest edges: a = pi / (shorter side). On a wider
// screen the frequency beyond aliases: the picture is then mirrored around that edge, as any
// sampler would show it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "drm-show/picture.hpp"

namespace drmshow {

class ZoneWave {
 public:
  explicit ZoneWave(Size size);

  Size size() const { return size_; }
  /// Fills `row` with the pixels of line `y` from `x` on, each written once. `phase`: in turns.
  void draw(int y, int x, std::span<Pixel> row, double phase) const;

 private:
  struct Phasor;
  void draw_block(std::size_t first, Phasor line, Pixel* out) const;

  Size size_;
  std::vector<std::int16_t> cosines_;  // a column each, and as many more as a block may reach over
  std::vector<std::int16_t> sines_;
};

}  // namespace drmshow
