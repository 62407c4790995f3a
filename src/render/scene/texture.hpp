// The images on a mesh.
#pragma once

#include <filesystem>
#include <vector>

#include "content/image_reader.hpp"
#include "drm-show/geometry.hpp"

namespace drmshow {

struct Texture {
  Size size;
  std::vector<Argb> pixels;  ///< row by row from the top, sRGB
};

/// Decodes an image file; one with a longer side than `longest` is made smaller as it comes in.
/// Throws Error (Failure::bad_content).
Texture load_texture(const std::filesystem::path& path, int longest);

}  // namespace drmshow
