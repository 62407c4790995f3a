// A picture where an animation is asked for.
#pragma once

#include <memory>

#include "drm-show/picture.hpp"
#include "render/cpu/animation.hpp"

namespace drmshow {

/// An animation that shows `picture` at every moment, so that no frame differs from another; it
/// carries no frame code. A part of a line costs as much as the whole one: pictures draw whole
/// lines, and each thread that asks for parts keeps one.
std::unique_ptr<Animation> still_animation(std::unique_ptr<Picture> picture);

}  // namespace drmshow
