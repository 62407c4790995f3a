// What CPU content looks like to whoever writes it into a framebuffer: lines, drawn from the top
// down, each written once. Dumb buffers are write-combined on real hardware, so all blending
// happens in a line that sits in the cache; the framebuffer is only ever written, in order.
#pragma once

#include <cstdint>
#include <span>

#include "drm-show/export.hpp"
#include "drm-show/geometry.hpp"

namespace drmshow {

/// XRGB8888 as DRM defines it (drm_fourcc.h): 0xXXRRGGBB in a little-endian word; X is written
/// 0xff.
using Pixel = std::uint32_t;

constexpr Pixel rgb(unsigned red, unsigned green, unsigned blue) {
  return 0xff000000u | (red & 0xffu) << 16 | (green & 0xffu) << 8 | (blue & 0xffu);
}

class DRMSHOW_API Picture {
 public:
  virtual ~Picture() = default;

  virtual Size size() const = 0;
  /// Fills `row` (size().width pixels) with line `y`, 0 <= y < size().height. Lines may be asked
  /// for in any order and more than once.
  virtual void draw_row(int y, std::span<Pixel> row) const = 0;
  /// True if line `y` > 0 is certainly equal to line `y` - 1, so that a caller may reuse it.
  virtual bool repeats_row(int /*y*/) const { return false; }
};

/// A picture from a function that fills line `y`: [](int y, std::span<Pixel> row) {…}. It borrows
/// the function.
template <class DrawRow>
class DrawnPicture final : public Picture {
 public:
  DrawnPicture(Size size, const DrawRow& draw) : size_{size}, draw_{draw} {}
  Size size() const override { return size_; }
  void draw_row(int y, std::span<Pixel> row) const override { draw_(y, row); }

 private:
  Size size_;
  const DrawRow& draw_;
};

}  // namespace drmshow
