// Puts the frame's number into an animation's pixels.
#pragma once

#include <memory>

#include "render/cpu/animation.hpp"

namespace drmshow {

/// `animation` with a frame code over its bottom left corner, where the screen has room for one.
std::unique_ptr<Animation> with_frame_code(std::unique_ptr<Animation> animation);

}  // namespace drmshow
