// One function an animation; animations.cpp gives them their names and adds the frame code.
#pragma once

#include <memory>

#include "render/cpu/animation.hpp"

namespace drmshow {

std::unique_ptr<Animation> make_bounce(Size size);
std::unique_ptr<Animation> make_scroll(Size size);
std::unique_ptr<Animation> make_clock(Size size, Nanoseconds time_of_day);
std::unique_ptr<Animation> make_moving_zone(Size size);

}  // namespace drmshow
