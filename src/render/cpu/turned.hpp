// Pictures and animations turned by quarters, clockwise: for screens that hang on their side or
// upside down.
//
// A source draws lines, and a line of a picture that lies on its side is a column of the source:
// such a picture is kept whole, 4 bytes a pixel. Half turns keep nothing.
#pragma once

#include <memory>

#include "drm-show/geometry.hpp"
#include "drm-show/picture.hpp"
#include "render/cpu/animation.hpp"

namespace drmshow {

/// The size that content must have to fill `screen` once it is turned.
constexpr Size size_before_turning(Size screen, int quarter_turns) {
  return quarter_turns % 2 == 0 ? screen : screen.transposed();
}

/// Where `place`, in a picture of size `source`, is once that is turned by 0 to 3 quarters.
Rect turned_place(Rect place, Size source, int quarter_turns);

/// `quarter_turns`: 0 to 3. By one or three the picture is drawn now.
std::unique_ptr<Picture> turned(std::unique_ptr<Picture> picture, int quarter_turns);

/// By one or three quarters, what differs from the frame before is drawn with the first line that
/// is asked for after set(), in the thread that asks; others wait for it.
std::unique_ptr<Animation> turned(std::unique_ptr<Animation> animation, int quarter_turns);

}  // namespace drmshow
