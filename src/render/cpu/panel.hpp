// Small pictures that are laid over frames: the label, the panel of --overlay, the frame code. The
// same code lays them over lines that the processor draws, and draws them by themselves for a GPU
// that lays them over its own frames.
#pragma once

#include <cstdint>
#include <span>

#include "drm-show/picture.hpp"
#include "render/moment.hpp"

namespace drmshow {

class Panel {
 public:
  virtual ~Panel() = default;

  /// Where it is on the screen, for good; empty if there is no room for it.
  virtual Rect box() const = 0;
  /// From here on it is about the frame of this moment.
  virtual void set(const Moment& /*now*/) {}
  /// Another number than before: it may look different.
  virtual std::uint64_t version() const { return 0; }
  /// Lays its share of line `y` over `row`, which has that line's pixels from `x` on. Over
  /// transparent pixels (0) this leaves what it looks like by itself: ARGB8888, premultiplied.
  virtual void lay(int y, int x, std::span<Pixel> row) const = 0;
};

}  // namespace drmshow
