// The clock's dial, and where its hands are at a time. Pure.
#pragma once

#include <array>

#include "drm-show/time.hpp"
#include "render/cpu/capsule.hpp"

namespace drmshow::clock_dial {

/// Where everything is on a screen.
struct Layout {
  double x, y;    ///< the dial's middle, in pixels from the middle of the top left one
  double radius;  ///< pixels
  Rect time;      ///< for the digits
  Rect number;    ///< for the frame's number, below; empty if there is no room
};
Layout layout_on(Size screen);

/// The dial and what else never moves.
ShapeScene scene(Size screen, const Layout& layout);

struct Hand {
  Capsule shape;
  Pixel colour;
};
/// Hour, minute, second, hub: the order in which to paint them. The first two go on by steps of a
/// second, so that they need drawing once in a second only.
using Hands = std::array<Hand, 4>;
Hands hands_at(const Layout& layout, Nanoseconds time_of_day);

}  // namespace drmshow::clock_dial
