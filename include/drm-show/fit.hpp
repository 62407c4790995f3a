#pragma once

namespace drmshow {

/// How a picture is placed on a screen of another size or shape.
enum class Fit {
  contain,  ///< all of the picture, as large as fits; background beside it
  cover,    ///< the whole screen, as little of the picture cut off as that takes
  stretch,  ///< the whole picture on the whole screen, shape not kept
  none,     ///< one pixel for one pixel, cut off where it is larger
};

}  // namespace drmshow
