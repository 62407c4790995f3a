// The moving test patterns by name. Each is a pure function of its Moment, fits any size from 1x1
// to 16384x16384, moves equally fast at every refresh rate, and carries its frame's number in
// pixels (frame_code.hpp). Drawing, set() and add_damage() allocate nothing.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "render/cpu/animation.hpp"
#include "render/cpu/pattern.hpp"  // PatternInfo

namespace drmshow {

/// All of them, in the order in which to list them.
std::span<const PatternInfo> animations();

/// Nothing if no animation is called `name`. `time_of_day`: since local midnight, when the
/// animation begins; "clock" shows it. Throws Error (usage) if the size is none that a pattern may
/// have.
std::unique_ptr<Animation> make_animation(std::string_view name, Size size,
                                          Nanoseconds time_of_day);

}  // namespace drmshow
