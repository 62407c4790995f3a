// Turns a picture upright while it is written, row by row as stored.
#pragma once

#include <cstddef>
#include <span>

#include "content/orientation.hpp"
#include "drm-show/geometry.hpp"
#include "drm-show/picture.hpp"
#include "render/cpu/fit.hpp"

namespace drmshow {

class Turn {
 public:
  /// `upright`: size of the picture when it stands as it should.
  Turn(Orientation orientation, Size upright);

  /// The picture's size in rows as stored.
  Size stored() const { return stored_; }
  /// Puts stored row `y` where it belongs in `pixels`, the upright picture.
  void put_row(int y, std::span<const Pixel> row, std::span<Pixel> pixels) const;

 private:
  Size stored_;
  // Where in the upright picture stored pixel (0, 0) is, and how far to its neighbours.
  std::ptrdiff_t origin_;
  std::ptrdiff_t to_next_column_;
  std::ptrdiff_t to_next_row_;
};

/// The part of the stored picture, of size `stored`, that is `part` once upright.
SourceRect stored_part(const SourceRect& part, Size stored, Orientation orientation);

}  // namespace drmshow
