// What plaques, panels and boxes are cut out with.
#pragma once

#include "render/cpu/pattern_mask.hpp"

namespace drmshow {

/// A box of opacity `shade` whose corners are rounded. `radius`: up to half of either side.
Mask rounded_box(Size size, int radius, int shade);

}  // namespace drmshow
