// Ready-made pictures: test patterns and image files.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "drm-show/export.hpp"
#include "drm-show/fit.hpp"
#include "drm-show/picture.hpp"

namespace drmshow {

/// A test pattern by the name that drm-show --list-patterns gives it ("card", "smpte", …,
/// "solid:#336699"), up to 16384 pixels either way. Throws Error (usage) if there is none of that
/// name.
DRMSHOW_API std::unique_ptr<Picture> make_pattern(std::string_view name, Size size);

/// An image file (PNG, JPEG, …; the contents decide, not the name) as it looks on a screen of this
/// size, upright as its EXIF orientation says, with `background` around and behind it. It is read
/// and scaled now, line by line: memory goes with the screen, not with the file. Throws Error
/// (bad_content) if the file is unreadable, damaged or larger than 16384 pixels either way.
DRMSHOW_API std::unique_ptr<Picture> load_picture(const std::filesystem::path& file, Size screen,
                                                  Fit fit = Fit::contain,
                                                  Pixel background = rgb(0, 0, 0));

}  // namespace drmshow
