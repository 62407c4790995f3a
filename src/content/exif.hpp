// The one thing we want from EXIF: which way up the picture is.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "content/orientation.hpp"

namespace drmshow {

/// What an APP1 with EXIF in it begins with.
inline constexpr std::array<unsigned char, 6> exif_mark{'E', 'x', 'i', 'f', 0, 0};

/// Orientation in a TIFF block (a PNG's eXIf chunk; a JPEG's APP1 after "Exif\0\0"). Damaged or
/// missing data and unknown values give top_left: a picture is shown even if its metadata is bad.
Orientation exif_orientation(std::span<const std::byte> tiff);

}  // namespace drmshow
